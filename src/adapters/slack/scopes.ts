/** What the app has to be granted, and what it has to be told of. docs/slack-manifest.yaml says the same; a test compares them. */

/** Bot scopes, each with what fails without it. */
export const scopes: Readonly<Record<string, string>> = {
  'chat:write': 'nothing can be sent',
  commands: '/ticket, /desk and the shortcut are not there',
  'im:write': 'a lost answer about a new conversation cannot be looked up',
  'im:history': 'what people write to the app does not arrive',
  'users:read': 'people have no names, and their language is not known',
  'files:read': 'files of people are not taken',
  'files:write': 'files cannot be sent',
  'reactions:read': 'reactions do not arrive',
  'reactions:write': 'reactions and marks cannot be shown',
};

/** Of a desk in a channel; those of public or of private channels, as the channel is. */
export const deskScopes: Readonly<Record<string, string>> = {
  'channels:history': 'what staff write does not arrive (groups:history for a private channel)',
  'channels:read': 'who is in the desk channel is not known (groups:read for a private channel)',
  'usergroups:read': 'user groups cannot say who is staff',
};

/** Events that the app subscribes to, as Slack lists them for bots. */
export const events = [
  'app_home_opened',
  'message.channels',
  'message.groups',
  'message.im',
  'reaction_added',
  'reaction_removed',
] as const;
