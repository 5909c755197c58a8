import type { Coverage } from '../model.ts';

const SUPPORTED = [
  'getMe',
  'getUpdates',
  'deleteWebhook',
  'getWebhookInfo',
  'deleteMessage',
  'deleteMessages',
  'closeForumTopic',
  'reopenForumTopic',
  'deleteForumTopic',
  'getFile',
  'setMyCommands',
  'getMyCommands',
  'deleteMyCommands',
  'getMyName',
  'setMyDescription',
  'getMyDescription',
  'setMyShortDescription',
  'getMyShortDescription',
  'setChatMenuButton',
  'getChatMenuButton',
];

const PARTIAL: Readonly<Record<string, string>> = {
  sendMessage: 'no rich text, effects, suggested posts, business connections or legacy Markdown',
  sendDocument: 'uploads and file_id; no addresses, no thumbnails',
  sendPhoto: 'uploads and file_id; every photo is 1280×853, with one smaller size',
  sendVideo: 'uploads and file_id; no covers, every video is four seconds long',
  sendVoice: 'uploads and file_id; every voice note is four seconds long',
  sendMediaGroup: 'photos, videos and documents',
  pinChatMessage: 'in the chat or the topic of the message; nobody is notified',
  unpinChatMessage: 'one message, by its id',
  getChatAdministrators: 'no owner; all administrators have the same rights',
  editMessageText: 'no inline messages, no rich messages',
  editMessageCaption: 'no inline messages',
  editMessageReplyMarkup: 'no inline messages',
  setWebhook: 'no certificate; plain http on loopback',
  getChat: 'the fields that every chat has',
  getChatMember: 'no owner, restrictions or custom titles; an administrator has all rights',
  createForumTopic: "the icons are four of the platform's",
  editForumTopic: "the icons are four of the platform's",
  getForumTopicIconStickers: "four of the platform's",
  answerCallbackQuery: 'no games, no cache_time',
  setMessageReaction: 'standard emoji only, one per message',
  sendChatAction: 'kept as the newest action; it does not expire',
  setMyName: 'the name is seen by all in the language-less form',
};

/** The rest of Bot API 10.1; calling one is 404 and stands in the request log. */
const ABSENT =
  'logOut close forwardMessage forwardMessages copyMessage ' +
  'copyMessages sendLivePhoto sendAudio sendAnimation ' +
  'sendVideoNote sendPaidMedia sendLocation ' +
  'sendVenue sendContact sendPoll sendChecklist sendDice ' +
  'sendMessageDraft getUserProfilePhotos getUserProfileAudios setUserEmojiStatus banChatMember ' +
  'unbanChatMember restrictChatMember promoteChatMember setChatAdministratorCustomTitle setChatMemberTag ' +
  'banChatSenderChat unbanChatSenderChat setChatPermissions exportChatInviteLink createChatInviteLink ' +
  'editChatInviteLink createChatSubscriptionInviteLink editChatSubscriptionInviteLink revokeChatInviteLink approveChatJoinRequest ' +
  'declineChatJoinRequest answerChatJoinRequestQuery sendChatJoinRequestWebApp setChatPhoto deleteChatPhoto ' +
  'setChatTitle setChatDescription unpinAllChatMessages ' +
  'leaveChat getChatMemberCount getUserPersonalChatMessages setChatStickerSet ' +
  'deleteChatStickerSet unpinAllForumTopicMessages editGeneralForumTopic ' +
  'closeGeneralForumTopic reopenGeneralForumTopic hideGeneralForumTopic unhideGeneralForumTopic unpinAllGeneralForumTopicMessages ' +
  'answerGuestQuery getUserChatBoosts getBusinessConnection getManagedBotToken replaceManagedBotToken ' +
  'getManagedBotAccessSettings setManagedBotAccessSettings setMyProfilePhoto removeMyProfilePhoto setMyDefaultAdministratorRights ' +
  'getMyDefaultAdministratorRights getAvailableGifts sendGift giftPremiumSubscription verifyUser ' +
  'verifyChat removeUserVerification removeChatVerification readBusinessMessage deleteBusinessMessages ' +
  'setBusinessAccountName setBusinessAccountUsername setBusinessAccountBio setBusinessAccountProfilePhoto removeBusinessAccountProfilePhoto ' +
  'setBusinessAccountGiftSettings getBusinessAccountStarBalance transferBusinessAccountStars getBusinessAccountGifts getUserGifts ' +
  'getChatGifts convertGiftToStars upgradeGift transferGift postStory ' +
  'repostStory editStory deleteStory answerWebAppQuery savePreparedInlineMessage ' +
  'savePreparedKeyboardButton editMessageMedia editMessageLiveLocation stopMessageLiveLocation editMessageChecklist ' +
  'stopPoll approveSuggestedPost declineSuggestedPost deleteMessageReaction deleteAllMessageReactions ' +
  'sendSticker getStickerSet getCustomEmojiStickers uploadStickerFile createNewStickerSet ' +
  'addStickerToSet setStickerPositionInSet deleteStickerFromSet replaceStickerInSet setStickerEmojiList ' +
  'setStickerKeywords setStickerMaskPosition setStickerSetTitle setStickerSetThumbnail setCustomEmojiStickerSetThumbnail ' +
  'deleteStickerSet sendRichMessage sendRichMessageDraft answerInlineQuery sendInvoice ' +
  'createInvoiceLink answerShippingQuery answerPreCheckoutQuery getMyStarBalance getStarTransactions ' +
  'refundStarPayment editUserStarSubscription setPassportDataErrors sendGame setGameScore ' +
  'getGameHighScores';

/** Every method of the Bot API, and how far the pretender goes. */
export const COVERAGE: readonly Coverage[] = [
  ...SUPPORTED.map(method => ({ method, state: 'supported' as const })),
  ...Object.entries(PARTIAL).map(([method, note]) => ({ method, state: 'partial' as const, note })),
  ...ABSENT.split(' ').map(method => ({ method, state: 'absent' as const })),
];
