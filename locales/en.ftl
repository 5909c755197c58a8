# The desk's words, in English. Every phrase is CommonMark source. Strings that go in are shown literally.
# The desk speaks as "we". Times ($by, $first, $second) come ready-made: "14:40", "tomorrow 09:10".
# Numbers to keep: form titles and buttons 24 characters, labels 45, hints and placeholders 100, choices 75.
# A line of a phrase cannot begin with * [ . or }: write {"*"} there. Keep the sections in the same order everywhere; append new keys to their section, in every file.

## Tickets: what a customer is told

ticket-opened =
    We have your ticket **#{ $number }**: { $subject }
    One of us replies here by **{ $by }**. You can add anything you like in the meantime.
ticket-opened-critical =
    We have your ticket **#{ $number }**: { $subject }
    It is marked critical, so it comes first. One of us replies here by **{ $by }** and keeps you up to date until it is fixed.
ticket-waiting = We need your answer to go on with ticket **#{ $number }**. Please reply here.
ticket-solved = We consider ticket **#{ $number }** solved. If it is not, just reply here and we go on.
ticket-closed = Ticket **#{ $number }** is closed. Thank you for writing to us.
ticket-part = Ticket **#{ $number }** is about something we are working on: outage **N-{ $notice }**, { $title }.
ticket-part-next = You hear from us when there is news, by **{ $by }**, and here when it is over. If yours is about something else, write it here.
ticket-part-soon = You hear from us when there is news, and here when it is over. If yours is about something else, write it here.
ticket-part-over = Outage **N-{ $notice }** is over: { $title }.
ticket-apart-apart = Outage **N-{ $notice }** has turned out to be about something else. We are looking at ticket **#{ $number }** by itself.
ticket-apart-staff = Ticket **#{ $number }** is not about outage **N-{ $notice }** after all. We are looking at it by itself.
ticket-part-asked = We are still looking at what you wrote to us.
ticket-opened-apart = Ticket **#{ $number }** has a topic of its own. Let us talk there.
ticket-reopened = Ticket **#{ $number }** is open again. We are on it.
ticket-transferred = Your ticket **#{ $number }** is now with this department: { $department }. You need not do anything.
ticket-escalated-to = Your ticket **#{ $number }** is now with those who can solve it: { $level }. Why: { $reason } { $next }
ticket-deescalated-to = Your ticket **#{ $number }** is with this team again: { $level }. Why: { $reason } { $next }
level-why-untouched = It has waited longer than it should.
level-next-open = They are at work now, and the next message here is theirs. You need not do anything.
level-next-closed = They are at work again from **{ $when }** and write here then. You need not do anything.
ticket-prioritised = The priority of your ticket **#{ $number }** is now: { $priority }.
ticket-prioritised-by =
    The priority of your ticket **#{ $number }** is now: { $priority }.
    One of us replies here by **{ $by }**.
ticket-escalated = We see that ticket **#{ $number }** cannot wait. One of us replies here by **{ $by }**.
reply-to-closed = Ticket **#{ $number }** is closed, so your message has not reached us. Please open a new ticket.
chat-opened = Thank you, your message has reached us. Somebody of us answers right here.
chat-subject = Files without words
chat-nobody = We are sorry: everybody is busy at the moment. Your question is not lost. You can make it a ticket, and the answer comes here, or by e-mail if you like.
chat-is-ticket = This is ticket **#{ $number }** now, with all that we have said. Please add what is missing; one of us answers here by **{ $by }**.
chat-is-ticket-soon = This is ticket **#{ $number }** now, with all that we have said. Please add what is missing; we go on here.
button-make-ticket = Make it a ticket
button-details = Add details
button-by-mail = Answer by e-mail, too
button-go-on = Go on in { $platform }
details-title = Add details
details-thanks = Thank you. Ticket **#{ $number }** has your details now.
by-mail-title = Answer by e-mail
by-mail-address = Your e-mail address
by-mail-hint = Answers that you have not seen here within two minutes come there, too.
by-mail-thanks = Thank you. What you do not see here within two minutes we send to { $address }, too.
by-mail-wrong = Please write an address such as ana@example.com.
by-mail-first = You gave us this address in the chat on our website, for answers that you do not see there. To go on, just reply to this mail. If it was not you, please ignore it.
goes-on-there = We go on in { $platform }.
goes-on-here = We go on here with ticket **#{ $number }**: { $subject }

## Commands: help, lists, refusals

help =
    What you can do:

    - `{ $command } open` – open a ticket
    - `{ $command } list` – see your tickets
    - `{ $command } show 12` – see ticket 12
    - `{ $command } close 12` – close ticket 12
    - `{ $command } reply 12 text` – write to ticket 12
    - `{ $command } escalate 12` – ask for a quicker answer to ticket 12
    - `{ $command } reopen 12` – open ticket 12 again
    - `{ $command } link` – show us who you are
    - `{ $command } me` – see who you are to us
    - `{ $command } status` – see what concerns you now and next
    - `{ $command } notify` – say where we tell you what
    - `{ $command } contact` – see how to reach us, and how soon we answer
    - `{ $command } help` – see this again
# For a conversation with a bot; $open, $list and the others are whole commands.
help-chat =
    What you can do:

    - { $open } – open a ticket
    - { $list } – see your tickets and choose which one you are writing in
    - { $reply } 12 text – write to ticket 12
    - { $escalate } 12 – ask for a quicker answer to ticket 12
    - { $close } 12 – close ticket 12
    - { $reopen } 12 – open ticket 12 again
    - { $link } – show us who you are
    - { $me } – see who you are to us
    - { $status } – see what concerns you now and next
    - { $notify } – say where we tell you what
    - { $contact } – see how to reach us, and how soon we answer
    - { $help } – see this again
# In the conversation of one ticket, where a message that is only such a word is a command.
help-thread =
    What you write here goes to ticket **#{ $number }**. A message that is only one of these words does this:

    - `!close` – close the ticket
    - `!reopen` – open it again
    - `!escalate` – ask for a quicker answer
    - `!help` – see this again
list-empty = You have no tickets.
list-heading =
    { $count ->
        [one] You have **{ $count }** ticket:
       *[other] You have **{ $count }** tickets:
    }
list-line = **#{ $number }** { $subject } – { $state }
show-heading = Ticket **#{ $number }**: { $subject }
show-opened = Opened: { $when }
show-state = State: { $state }
state-open = open
state-waiting = waiting for your answer
state-solved = solved
state-closed = closed
priority-regular = regular
priority-critical = critical
unknown-command = We do not know the command “{ $text }”. Try “help”.
# These two must not tell whether the ticket exists: they stay word for word the same.
ticket-not-found = You have no ticket **#{ $number }**.
not-yours = You have no ticket **#{ $number }**.
number-missing = Which ticket? Please add its number, for example 12.
reopen-too-late = Ticket **#{ $number }** was closed too long ago to be opened again. Please open a new one.
escalated-lately = You have already asked for a quicker answer to ticket **#{ $number }**, and we are on it. You can ask again after { $when }.
escalate-finished = Ticket **#{ $number }** is finished. If it is not solved for you, please open it again first.
only-owner = Only the person who opened this ticket can do that.

## Who is asking: proof, linked identities

ticket-proved = Thank you: ticket **#{ $number }** is verified now.
prove-emergency =
    So that nobody but you can have your servers touched, please prove that ticket **#{ $number }** is yours. We have begun already; some things have to wait for the proof.

    Log in to your client area and make a code or a link for this chat there. It works for 10 minutes. Then press the button and enter the code.
prove-emergency-at =
    So that nobody but you can have your servers touched, please prove that ticket **#{ $number }** is yours. We have begun already; some things have to wait for the proof.

    Log in to your client area and make a code or a link for this chat there: { $area }
    It works for 10 minutes. Then press the button and enter the code.
prove-asked =
    To go on with ticket **#{ $number }** we have to be sure that it is you who asks.

    Log in to your client area and make a code or a link for this chat there. It works for 10 minutes. Then press the button and enter the code.
prove-asked-at =
    To go on with ticket **#{ $number }** we have to be sure that it is you who asks.

    Log in to your client area and make a code or a link for this chat there: { $area }
    It works for 10 minutes. Then press the button and enter the code.
prove-how = To show us who you are, log in to your client area and make a code or a link for this chat there. It works for 10 minutes.
prove-how-at =
    To show us who you are, log in to your client area and make a code or a link for this chat there: { $area }
    It works for 10 minutes.
prove-how-mail = Or enter your registered e-mail address, and we send a code to it.
button-prove = Enter the code
button-unlink = Unlink this account
button-revoke = Unlink { $platform }: { $name }
link-title = Who are you?
link-field = Code, or registered e-mail
link-field-code = Code from your client area
link-field-hint = A code works once, for 10 minutes, and only on the platform it was made for.
link-type-it = Please send `/link` and then the code.
link-ask = Please send the code from your client area, or your registered e-mail address. It does not go into your tickets.
link-ask-code = Please send the code from your client area.
# All that can be wrong with a code is said in these words, so that nobody learns anything by guessing.
link-failed = This code does not work here. It may be mistyped, used, older than 10 minutes, or made for another platform, person or ticket. After several wrong codes please wait 10 minutes. If you are linked as somebody else, unlink first.
link-no-mail = Codes by e-mail are not offered here.
link-mail-asked = If this address is on file, a code is on its way to it. It works once, for 10 minutes.
linked-now = You are linked as **{ $contact }** of **{ $account }**. If that is not you, please unlink at once.
proved-again = Thank you, **{ $contact }** of **{ $account }**: you have proved that it is you.
proved-for = Ticket **#{ $number }** is verified.
status-heading = What concerns you now and next:
status-line = **{ $subject }** ({ $state })
status-more = There is more; we tell you of each in time.
status-nothing = Nothing concerns you at the moment: no outage, and no planned work.
status-nobody = Whether an outage or planned work concerns you, we can say when we know who you are.
me-nobody = We do not know yet who you are.
me-heading = You are **{ $contact }** of **{ $account }**. Your linked identities:
me-line = { $platform }: { $name } – since { $when }
me-line-this = { $platform }: { $name } – since { $when } – this one
unlinked-now = Unlinked. We do not know any more who you are here. The tickets that you opened here stay yours.
revoked-now = Unlinked. That identity sees nothing of your account any more.
not-linked = You are not linked, so there is nothing to unlink.
no-such-identity = You have no such identity. Nothing has changed.
proof-needed = For this we have to know who you are.
proof-needed-fresh = For this we have to be sure that it is you, now. Please make a code or a link for this chat in your client area and enter it here within 15 minutes.
mail-code =
    Your code is **{ $code }**

    It links your { $platform } account to { $account }, works once, and for 10 minutes. If you did not ask for it, do nothing: without the code nobody is linked.

## The form: titles, fields, choices

form-title = Open a ticket
form-submit = Send
form-cancel = Cancel
form-back = Back
form-next = Next
form-send-again = Send the form again
field-department = Department
field-department-hint = Who should look at it first?
field-department-placeholder = Choose a department
field-priority = Priority
field-priority-hint = Critical is for a complete outage. It needs a few more facts.
field-priority-placeholder = Choose a priority
field-subject = Subject
field-subject-hint = A few words, so that you find it again.
field-subject-placeholder = The website does not open
field-description = Description
field-description-hint = What happens, and what did you expect?
field-description-placeholder = What happens? Since when? What have you tried?
field-about = Service
field-about-hint = Which of your services is it about?
field-about-placeholder = Name, IP address or order number
choice-no-service = None of these
field-server = Server IP or order number
field-server-hint = One of the two is enough.
field-server-placeholder = 203.0.113.7 or #123456
field-service = Service name
field-service-hint = As you know it.
field-service-placeholder = Shop server
field-began = When it began
field-began-hint = Polish time (CET/CEST), unless you give a zone.
field-began-placeholder = 14:30, yesterday 14:30, 2026-11-22 14:30 UTC
field-diagnostics = Diagnostics
field-diagnostics-hint = What you have checked so far: error messages, ping, traceroute, logs.
field-diagnostics-placeholder = ping: 100% packet loss; no answer on port 443
department-technical = Technical
department-financial = Financial
choice-priority-regular = Regular
choice-priority-critical = Critical: complete outage

## Faults: shown at the field, or as the next question

fault-required = Please fill this in.
fault-server-or-order = Please give the server’s IP address or the order number, for example 203.0.113.7 or #123456.
fault-too-long =
    { $max ->
        [one] This is too long: at most { $max } character.
       *[other] This is too long: at most { $max } characters.
    }
fault-blank = There is nothing to read in this. Please write a few words.
fault-own-service = We do not find this among your services. Please choose one of them, or leave it empty.
fault-choice = Please choose one of the answers offered.
fault-ip = This is not an IP address. One looks like 203.0.113.7 or 2001:db8::7.
fault-order = This is not an order number. One looks like #123456.
fault-when-unreadable = We cannot read this time. Please write it like 14:30, yesterday 14:30 or 2026-11-22 14:30 UTC.
fault-when-no-such-date = There is no such day or hour. Please check it.
fault-when-gap = { $input } did not exist: the clocks were moved forward in that hour. Please give another time, or add a zone, such as UTC.
fault-when-future = This time is still to come. Please give the time when it began.
fault-when-too-old = This is more than 90 days ago. Please check the date.
fault-when-ambiguous = This can be read in two ways. Did you mean { $first } or { $second }?

## The conversation that opens a ticket, step by step

wizard-ask-department = Who should look at it first?
wizard-ask-priority = How urgent is it? Critical is for a complete outage; it needs a few more facts.
wizard-ask-subject = What is it about? A few words are enough.
wizard-ask-description = What happens, and what did you expect? Please tell us in one message.
wizard-ask-about = Which of your services is it about?
wizard-ask-about-typed = Which of your services is it about? Send its name, IP address or order number.
wizard-ask-server = Which server? Send its IP address or the order number, for example 203.0.113.7 or #123456.
wizard-ask-service = What is the service called, as you know it?
wizard-ask-began = When did it begin? For example 14:30 or yesterday 14:30. We read it as Polish time (CET/CEST), unless you give a zone.
wizard-ask-diagnostics = What have you checked so far? Error messages, ping, traceroute and logs all help.
wizard-skip = Skip
wizard-review = This is what we would send. Is it right?
wizard-send = Send
wizard-cancelled = Cancelled. Nothing was sent.
wizard-resume = You had begun to open a ticket. Let us go on where you stopped.
wizard-kept = What you wrote goes with your ticket.
notice-offer = Shall we open a ticket with what you wrote?
wizard-nothing-open = You have no open ticket. Shall we open one?
open-a-ticket = Open a ticket
open-with-this-text = Open with this text
goes-to = This goes to ticket **#{ $number }**: { $subject }
switch-to = Switch to #{ $number }: { $subject }
now-talking-in = From now on your messages go to ticket **#{ $number }**: { $subject }
choose-ticket = Which ticket is this for?

## Waiting and trouble

working = One moment, please…
try-again = Something went wrong on our side. Nothing is lost. Please try again.
try-again-with = Something went wrong on our side, and this did not reach us. Please send it again. You wrote:

## Staff: the card (labels stand before their value) and the buttons

desk-from = From
desk-account = Account
desk-contact = Contact
desk-service = Service
desk-service-check = ⚠️ Check the service
desk-service-nobody = { $typed } is of no service that the desk knows.
desk-service-other = { $typed } is of { $service }, which the account { $account } has: not the account of who asks.
desk-service-ended = { $typed } is of { $service }, which is of this account and has ended.
desk-service-unproved = { $typed } is of { $service }, which the account { $account } has. Who asks has not shown to be of that account.
desk-state = State
desk-way = Way
desk-way-chat = chat on the website
desk-priority = Priority
desk-department = Department
desk-assignee = Assignee
desk-nobody = nobody
desk-opened = Opened
desk-promise = Reply due by { $by }
desk-hint = Write here to reply to the customer. Begin with // for a note that only staff see.
desk-state-open = open
desk-state-waiting = waiting for the customer
desk-state-solved = solved
desk-state-closed = closed
button-claim = Claim
button-wait = Wait
button-solve = Solve
button-close = Close
button-reopen = Reopen

## Staff: what happened

claimed-by = { $name } has claimed this ticket.
already-claimed = This ticket is already claimed by { $name }.
claim-taken = { $name } was quicker and has claimed this ticket.
not-staff = Only support staff can do this.
already-in-state = The ticket is in this state already. Nothing has changed.
cannot-from-state = This cannot be done in the ticket’s present state.
delivery-failed = The customer did not get this message: { $reason }
delivery-unknown = We do not know whether the customer got this message. Before you send it again, please check.
timer-overdue = 🔴 The desk is late with this ticket: something that was due did not happen in time. { $others ->
    [0] It is still being tried; please look at the ticket now.
    [one] One other ticket is late, too. Please look at them now, and tell whoever runs the desk.
   *[other] { $others } other tickets are late, too. Please look at them now, and tell whoever runs the desk.
}
desk-part = Part of outage **N-{ $notice }**: { $title }. The customer knows what is known; the clocks stand, nobody is paged, and the end of the outage answers it.
desk-part-over = Outage **N-{ $notice }** is over: the customer has been told.
desk-part-asked = Outage **N-{ $notice }** is over, but the customer has written since: the ticket is to be answered by itself.
desk-part-apart = Outage **N-{ $notice }** does not concern this service any more: the ticket is to be answered by itself.
desk-part-staff = Not part of outage **N-{ $notice }**: the ticket is to be answered by itself, and its clocks go on.
button-apart = Not part of it
done-apart = Ticket **#{ $number }** goes its own way. The customer is told.
part-of-nothing = Ticket **#{ $number }** is part of no outage. Nothing has changed.
ticket-already = This is ticket **#{ $number }** already. Nothing has changed.
not-by-mail = We cannot send e-mail at the moment. The answer comes here, in the chat.
by-mail-enough = We already have { $count } addresses for this chat. What you do not see here goes to the last of them.
goes-on-nowhere = We cannot go on with ticket **#{ $number }** there. The answer comes here.
customer-closed = The customer has closed this ticket.
customer-reopened = The customer has opened this ticket again.
desk-assigned = { $by } has given this ticket to { $name }.
desk-transferred = { $by } has handed this ticket on to: { $department }. It is free to claim.
desk-escalated-to = { $by } has handed this ticket up to: { $level }. It is free to claim. The customer was told why: { $reason }
desk-deescalated-to = { $by } has handed this ticket back to: { $level }. It is free to claim. The customer was told why: { $reason }
desk-raised = Nobody has touched this ticket in time, so it goes up to: { $level }. It is free to claim.
desk-acknowledged = { $name } has this ticket in hand and answers by **{ $until }**.
desk-all-called =
    { $count ->
        [0] 🔴 Nobody has answered, and nobody is on duty. Whoever reads this: please answer the customer.
        [one] 🔴 Nobody has answered. The only one on duty is called until a person answers.
       *[other] 🔴 Nobody has answered. All { $count } on duty are called until a person answers.
    }
desk-prioritised = { $by } has changed the priority to: { $priority }.
desk-escalated = 🔴 The customer asks for a quicker answer and was told to have it by **{ $by }**. Please check whether the priority still fits.
desk-by-request = { $name } (customer)
desk-by-reply = { $name } replied to the customer
desk-by-note = Note by { $name }
no-such-ticket = There is no ticket **#{ $number }**.
assign-whom = To whom? Please name one person.
assignee-not-staff = This person is not support staff here, so the ticket was not given to them.
no-such-department = There is no such department. Please choose one of these: { $choices }.
no-such-priority = There is no such priority. Please choose one of these: { $choices }.
already-so = It is like that already. Nothing has changed.
reason-blocked = the customer has blocked our messages.
reason-gone = the conversation or the address no longer exists.
reason-refused = the platform refused it.
reason-gave-up = we tried many times without success.
desk-notice = Notice
desk-notice-part = part of { $notice }
desk-notice-was = was part of { $notice }
desk-notice-about = about { $notice }
desk-lost = Customer cannot be reached
desk-lost-blocked = they have blocked our messages
desk-lost-gone = the conversation or the address no longer exists
customer-moved = The conversation with the customer no longer exists. We go on in a new one, with what they did not get.
place-moved = We go on with ticket **#{ $number }** here: the conversation we had before cannot be reached any more.
button-resend = Send again
resend-not-needed = There is nothing to send again: the customer has it, or it was sent again already.
resent-by-you = We are sending it again.
change-failed = The customer may still see a message as it was before your change: { $reason }
message-changed = **Changed:**
message-taken-back = *This message was taken back.*
edit-became-note = This reply is a note now, and we take it back from the customer.
edit-kept-from-customer = What was a note stays a note: the customer does not see it. To reply, please write a new message.

## telegram

telegram-command-ticket = Open a ticket
telegram-command-tickets = See your tickets and choose one
telegram-command-link = Show us who you are
telegram-command-me = See who you are to us
telegram-command-help = See what you can do
telegram-command-desk = For staff: see /desk help
telegram-desk-anonymous = Please write under your own name: the customer did not get this, since the desk cannot tell who you are.
telegram-desk-marks = 👌 sent · 👎 failed · 🤔 not known whether it arrived
telegram-attached = 📎 { $kind ->
    [photo] photo
    [video] video
    [audio] audio
    [voice] voice message
    [sticker] sticker
    [story] story
    [contact] contact
    [location] location
    [poll] poll
    [dice] dice
    [other] something that cannot be shown here
   *[file] file
 }
telegram-attached-named = { telegram-attached }: { $name }

## discord

discord-in-chat = I have written to you: let us go on in our direct messages. Nothing there? Allow direct messages from this server, then try again.
discord-below = My answer follows below.
discord-wrong-room = A ticket cannot be opened here. Please use the command in a text channel where I may open private threads.
discord-wrong-room-but = A ticket cannot be opened here. Please use the command in a text channel, for example #{ $room }.
discord-not-ours = This does not work any more. Please start again with `/ticket`.
discord-done = Done.
discord-command-ticket = Your support tickets
discord-command-desk = The support desk, for staff
discord-message-open = Open a ticket from this message
discord-ticket-open = Open a ticket
discord-ticket-list = See your tickets
discord-ticket-show = See one of your tickets
discord-ticket-reply = Reply in one of your tickets
discord-ticket-close = Close one of your tickets
discord-ticket-reopen = Open one of your closed tickets again
discord-ticket-escalate = Ask for one of your tickets to be looked at sooner
discord-ticket-link = Show us who you are
discord-ticket-me = See who you are to us
discord-ticket-help = See what you can do
discord-desk-claim = Take a ticket
discord-desk-assign = Give a ticket to somebody
discord-desk-transfer = Hand a ticket to another department
discord-desk-priority = Change how urgent a ticket is
discord-desk-note = Write a note that only staff see
discord-desk-wait = Wait for the customer
discord-desk-solve = Mark a ticket as solved
discord-desk-reopen = Open a ticket again
discord-desk-close = Close a ticket
discord-desk-verify = Ask the customer for proof of who they are
discord-desk-ticket = Make this chat a ticket
discord-desk-why = See how each due time of a ticket came about
discord-desk-show = See a ticket with its notes
discord-desk-escalate = Hand a ticket to the level that can solve it; the customer reads why
discord-desk-deescalate = Hand a ticket back to the level below; the customer reads why
discord-desk-duty = Begin or end your duty, or choose how you are paged
discord-desk-oncall = See who is on call, stand in, get your calendar
discord-desk-queue = See what is next
discord-desk-board = See what each team has before it
discord-desk-report = See the numbers of a week
discord-desk-help = See what the desk can do
discord-option-number = The ticket’s number, or some of its words
discord-option-subject = What it is about, in a few words
discord-option-service = Which of your services it is about
discord-option-text = What you want to say
discord-option-code = The code, or your registered e-mail address
discord-option-person = Who is to take it
discord-option-department = The department
discord-option-priority = The priority
discord-option-level = The level; the next one when you leave it out
discord-option-team = A team, or all; what is next for you when you leave it out
discord-option-set = For example: on, off, dm mention mail, take night 8h, feed
discord-option-week = The week, such as 47 or 2026-47; last week without it
discord-name-open = open
discord-name-list = list
discord-name-show = show
discord-name-reply = reply
discord-name-close = close
discord-name-reopen = reopen
discord-name-escalate = escalate
discord-name-link = link
discord-name-me = me
discord-name-verify = verify
discord-name-ticket = ticket
discord-name-why = why
discord-name-code = code
discord-name-status = status
discord-name-notify = notify
discord-name-contact = contact
discord-name-help = help
discord-name-claim = claim
discord-name-assign = assign
discord-name-transfer = transfer
discord-name-priority = priority
discord-name-note = note
discord-name-wait = wait
discord-name-solve = solve
discord-name-queue = queue
discord-name-deescalate = deescalate
discord-name-duty = duty
discord-name-oncall = oncall
discord-name-level = level
discord-name-team = team
discord-name-set = set
discord-name-board = board
discord-name-report = report
discord-name-week = week
discord-name-number = number
discord-name-subject = subject
discord-name-service = service
discord-name-text = text
discord-name-person = person
discord-name-department = department
form-files = Files
form-files-hint = Up to 10 files of up to 10 MB, if they help us to see what happens
discord-write = Write
discord-message-title = Your message
discord-message-label = Your message
discord-reply-title = Reply to ticket #{ $number }
discord-reply-label = Your reply
discord-note-title = Note
discord-note-label = Only staff see it

## The form in windows: two pages, corrections, the end

opened-title = Ticket #{ $number } is open
form-needs-facts =
    { $count ->
        [2] For a critical incident we need two more facts: when it began, and what you have checked.
       *[other] For a critical incident we need four more facts: the server, the service, when it began, and what you have checked.
    }
form-add-facts = Add the facts
form-not-accepted = We could not take this yet. Nothing you wrote is lost.
form-correct = Correct it
draft-gone = This form is no longer open. Please start again.
nothing-written = There was nothing to read in that message, so it was not sent.
closed-by-you = Ticket **#{ $number }** is closed. Thank you for writing to us.
reopened-by-you = Ticket **#{ $number }** is open again.
escalated-by-you = Thank you, we have seen that ticket **#{ $number }** cannot wait. In its conversation we say by when we answer.
replied-by-you = We have your message for ticket **#{ $number }**.
show-from-us = We wrote
show-from-you = You wrote

## Staff: tags (20 characters at most) and what a button did

desk-tag-open = open
desk-tag-waiting = waiting
desk-tag-solved = solved
desk-tag-closed = closed
desk-level = Level
desk-ladder = Call
desk-ladder-calling = 🔴 nobody has answered, everybody on duty is called
desk-ladder-acknowledged = { $name } has it in hand until { $until }
# Promises: their names, and what staff see of them
promise-acknowledgement = Our first words
promise-first-reply = First reply due
promise-next-reply = Next reply due
promise-update = Next update due
promise-answer = Quicker answer due
promise-resolution = Solution due
promise-paused = waits for the customer
promise-was-due = 🔴 was { $when }
promise-at-risk = ⏳ { $what }: { $when }. Nobody has done it yet.
promise-missed = 🔴 Late. { $what }: { $when }.
claimed-by-you = You have claimed ticket **#{ $number }**.
done-wait = Ticket **#{ $number }** now waits for the customer, who has been asked to answer.
done-solve = Ticket **#{ $number }** is marked solved. The customer has been told.
done-close = Ticket **#{ $number }** is closed. The customer has been told.
done-reopen = Ticket **#{ $number }** is open again. The customer has been told.
done-assign = Ticket **#{ $number }** has a new owner. Its post says so.
done-transfer = Ticket **#{ $number }** is with the other department now. The customer has been told.
done-priority = Ticket **#{ $number }** has a new priority. The customer has been told.
done-note = The note is with ticket **#{ $number }**. Only staff see it.
desk-identity = Identity
desk-trust-unknown = ⚠️ unverified
desk-trust-linked = 🔗 linked
desk-trust-fresh = ✅ verified
desk-proof-awaited = proof asked for
button-verify = Ask for proof
button-ticket = Make it a ticket
desk-proof-asked = { $by } has asked the customer for fresh proof of who they are.
desk-proved = ✅ The customer has proved who they are: { $contact }, { $account }. This ticket is **verified**.
desk-linked = 🔗 The customer is linked now: { $contact }, { $account }. Fresh proof for this ticket was not given.
done-verify = The customer of ticket **#{ $number }** has been asked for proof. Its post shows when it comes.
done-ticket = The chat is ticket **#{ $number }** now. The customer is asked for what is missing.
desk-made-ticket = 🎫 { $by } made this chat a ticket. The customer is asked for what is missing.
desk-made-ticket-self = 🎫 The customer did not want to wait and made this chat a ticket.
desk-details-given = ℹ️ The customer has added details: they are in the card above.
desk-by-mail = 📧 The customer gave an address: answers that they do not see go there, too.
desk-by-mail-unproved = { desk-by-mail } ⚠️ Nobody has proved that it is theirs: whoever has that mailbox reads these answers, and what comes from there stands in this ticket as the customer's words.
desk-goes-on = ➡️ The customer goes on in { $platform }.
done-escalate = Ticket **#{ $number }** is with the level above, and its customer has been told.
done-deescalate = Ticket **#{ $number }** is with the level below, and its customer has been told.
proof-asked-already = The customer has been asked for proof already. The post shows when it comes.
no-contacts = The desk knows of no accounts yet, so nobody can prove who they are. Import them first.

## Staff: commands

desk-help =
    Commands of staff. In a ticket’s post you can leave out the number.

    - `{ $command } queue` – what is next for you; `queue all` – for everybody; with a team – for that team
    - `/notice` – tell customers of maintenance, changes and outages
    - `{ $command } board` – what each team has before it
    - `{ $command } report 47` – the numbers of a week; without one, of last week
    - `{ $command } show 12` – see ticket 12 with its notes
    - `{ $command } claim 12` – take ticket 12
    - `{ $command } assign 12` and a person – give it to somebody
    - `{ $command } transfer 12` and a department – hand it on
    - `{ $command } priority 12` and a priority – change how urgent it is
    - `{ $command } note 12 text` – a note that only staff see
    - `{ $command } verify 12` – ask the customer for proof of who they are
    - `{ $command } ticket 12` – make a chat a ticket
    - `{ $command } why 12` – see how each due time came about
    - `{ $command } escalate 12 reason` – hand it to the level above; with a level before the reason, to that one. The customer reads the reason.
    - `{ $command } deescalate 12 reason` – hand it back to the level below. The customer reads the reason here, too.
    - `{ $command } duty on`, `duty off`, `duty dm mention mail` – begin or end your duty, choose how you are paged
    - `{ $command } oncall` – who is on call; `oncall take night 8h` – stand in; `oncall feed` – your calendar
    - `{ $command } wait 12`, `solve 12`, `reopen 12`, `close 12` – change its state
desk-queue-empty = Nothing waits for you. Well done.
desk-queue-heading = What is next for you:
desk-queue-line = { $number } { $subject } – { $department } – { $due } – { $whose }
desk-queue-due = { $what }: { $when }
desk-queue-late = late · { $what }: { $when }
desk-queue-since = last change { $when }
desk-queue-mine = yours
desk-queue-free = free
desk-queue-taken = { $name } has it
desk-queue-all = All teams
desk-queue-heading-all = What is next, whoever has it:
desk-queue-none = No open ticket is there.
duty-on = You are on duty.
duty-off = You are not on duty.
duty-ways = When you are called: { $ways }.
duty-no-way = There is no way to call you. Please choose one that works here: `dm`, `mention` or `mail`.
duty-way-dm = a message in { $platform }
duty-way-mention = a mention in the desk in { $platform }
duty-way-mail = a mail
oncall-heading = Who is on call now:
oncall-turn = **{ $name }**: { $who }
oncall-turn-until = **{ $name }**: { $who } until { $until }, then { $then }
oncall-nobody = nobody
oncall-level = **{ $name }**: { $people }
oncall-level-closed = **{ $name }**: closed now
oncall-level-empty = **{ $name }**: nobody is on duty
oncall-level-unreachable = **{ $name }**: nobody can be reached
oncall-taken = { $name } stands in on **{ $rotation }** from { $from } to { $to }.
oncall-dropped = You stand in on **{ $rotation }** no more.
feed-made = Your calendar, for your own eyes: { $link } A link from before does not work any more.
feed-title = On call – { $desk }
page-one = 📟 Ticket **#{ $number }** needs you: { $subject }. { $why } { $link }
page-one-subject = Ticket #{ $number } needs you
page-one-mail =
    Ticket **#{ $number }** needs you: { $subject }. { $why } { $link }

    You take it: { $ack }

    You cannot: { $pass }
page-many = 📟 **{ $count }** tickets need you: { $list }. `/desk queue` shows what is first.
page-many-subject = { $count } tickets need you
page-many-mail =
    Tickets that need you, **{ $count }** together: { $list }.

    You take them: { $all }
page-why-opened = It is urgent and nobody has answered yet.
page-why-share = The time that we promised is running out.
page-why-missed = The answer is late.
page-why-moved = It was handed to your level.
page-why-asked = The customer asks for a quicker answer.
page-why-again = You had it in hand, and the customer has no answer yet.
page-why-all = Nobody has answered, so everybody on duty is called.
button-acknowledge = Acknowledge
button-acknowledge-all = Acknowledge all
button-pass-on = Pass on
page-acknowledged-by-you = Ticket **#{ $number }** is in your hands. Please answer the customer by **{ $until }**.
page-passed-by-you = Ticket **#{ $number }** goes on to the next.
page-all-by-you = In your hands: { $count }. Please answer by **{ $until }**.
page-all-by-you-more = In your hands: { $count }. Please answer by **{ $until }**. There are more: press again to take them, too.
page-link-ack-title = Take this ticket
page-link-ack-text = Nobody else is called until the time that you have to answer is over.
page-link-ack-button = I take it
page-link-pass-title = Pass this ticket on
page-link-pass-text = The next person is called at once.
page-link-pass-button = I cannot
page-link-all-title = Take these tickets
page-link-all-text = Nobody else is called until the time that you have to answer is over.
page-link-all-button = I take them
desk-queue-more = And { $count } more.
desk-queue-elsewhere = With other teams, free: { $count }. See them with `/desk queue all`.

## Staff: the board and the report of a week

no-such-week = “{ $text }” is no week that has begun. Please write it like 47, 2026-47, or nothing for last week.
report-mark = Week { $number }/{ $year }
report-opened = Opened: **{ $opened }** (critical: { $critical }) · Closed: **{ $closed }**
report-replies = First reply: half within **{ $p50 }**, 90 % within **{ $p90 }**, 95 % within **{ $p95 }**.
report-unanswered = No first reply yet: **{ $count }**
report-kept = Promises kept: **{ $share }** ({ $met } of { $all }).
report-nothing-due = No promise came due.
report-replies-title = First reply
report-replies-line = { $department }: half { $p50 }, 90 % { $p90 }, 95 % { $p95 } (replies: { $count })
report-half = half within
report-of-hundred = { $count } % within
report-kept-title = Promises kept
report-kept-line = { $department }: { $share } ({ $met } of { $all })
report-met = kept
report-missed = missed
report-hours-title = Busiest hours
report-hours-note = { $days } · messages of customers
report-hours-line = { $day } { $from }–{ $to } (messages: { $count })
report-longest-title = Longest waits
report-longest-line = { $number }: { $wait }
report-longest-still = { $number }: { $wait }, still waiting
report-pictures =
    { $count ->
        [one] The picture comes to your chat with me.
       *[other] The pictures come to your chat with me.
    }
report-pictures-first =
    { $count ->
        [one] There is a picture, too, but here I may only write to those who have written to me first. Please open your own chat with me, press *Start*, and ask again.
       *[other] There are pictures, too, but here I may only write to those who have written to me first. Please open your own chat with me, press *Start*, and ask again.
    }
board-title = The board
board-line = **{ $team }**: open { $open }
board-line-part = { $what } { $count }
board-line-missed = missed today { $today }, this week { $week }
board-critical = 🔴 critical
board-missed = Promises missed today: **{ $today }**, this week: **{ $week }**.
board-late = late
board-free = free
board-taken = taken
board-waiting = waiting for the customer
board-open = open: { $count }

## Files

files-refused = { $names } could not be passed on: { $reason }
file-reason-type = this type of file is not accepted. A picture, a PDF or a text file works.
file-reason-size = it is larger than { $max }.
file-reason-count =
    { $max ->
        [one] one message may have { $max } file. Please send the others in another message.
       *[other] one message may have { $max } files. Please send the others in another message.
    }
file-reason-empty = it is empty.
file-reason-infected = the virus scanner found something in it.
file-reason-unscannable = the virus scanner could not check it.
file-reason-lost = we could not get it. Please send it again.
files-held =
    { $count ->
        [one] The virus scanner does not answer. { $count } file waits for it and comes later.
       *[other] The virus scanner does not answer. { $count } files wait for it and come later.
    }
files-to-download = Files to download, until { $until }:
files-not-here-customer = We have files for you that cannot be sent here: { $names }. Please ask us for another way.
files-not-here-desk = These files are kept, but cannot be shown here: { $names }.
files-not-passed = The customer did not get { $names }: the files cannot be sent there, and the desk has no public address for a link.
wizard-files =
    { $count ->
        [one] { $count } file goes with your ticket.
       *[other] { $count } files go with your ticket.
    }

## A person's own page

home-title = Your tickets at { $desk }
home-intro = Open a ticket here at any time. Each has a conversation of its own, and there we answer.
home-opened = Opened { $when }.
home-answer-by = We answer by { $by }.
home-waiting = We wait for your answer.

## Where to reach people: copies, notifications, `/ticket notify`

copy-answer-here = *To answer, write* `{ $command } { $number }` *and your text.*
copy-answer-there = *This is a copy: mail to this address is not read. Please answer in your conversation about ticket #{ $number } on { $platform }.*
copy-answer-at = *This is a copy: mail to this address is not read. Please answer in your conversation about ticket #{ $number } on { $platform }:* { $link }
copy-waiting = We need your answer to go on with ticket **#{ $number }**. Please answer in its conversation.
copy-solved = We consider ticket **#{ $number }** solved. If it is not, write in its conversation and we go on.
copy-closed = Ticket **#{ $number }** is closed. Thank you for writing to us.
desk-copies = Copies
desk-copies-elsewhere = Another of their places took it.
desk-copies-nowhere = No other place could take it.
desk-copy-failed = The copy for the customer could be delivered nowhere: see “Copies” on the card.

notify-plain-subject = { $subject }
notify-plain = { $text }
notify-invoice-issued-subject = Invoice { $invoice }
notify-invoice-issued = We have issued invoice **{ $invoice }** over { $amount }. Please pay it by { $due }.
notify-invoice-overdue-subject = Invoice { $invoice } is overdue
notify-invoice-overdue = Invoice **{ $invoice }** over { $amount } was due on { $due } and is not paid yet. If you have paid it meanwhile, thank you: nothing more is to be done.
notify-order-received-subject = Your order { $order }
notify-order-received = We have your order **{ $order }**: { $service }. We tell you as soon as it is ready.
notify-abuse-report-subject = Abuse report about { $service }
notify-abuse-report = We were told of abuse from **{ $service }**: { $report } Please look into it, and tell us by { $due } what you have done.

mail-confirm-subject = Confirm this address for { $desk }: { $code }
mail-confirm = Somebody asked { $desk } to send notifications to this address. If it was you, your code is **{ $code }**. It works once, for 24 hours. If it was not you, do nothing: nothing more comes.
mail-confirm-link-subject = Confirm this address for { $desk }
mail-confirm-link =
    Somebody asked { $desk } to send notifications to this address. If it was you, confirm it here: { $link }

    Or use this code where you asked: **{ $code }**. It works once, for 24 hours. If it was not you, do nothing: nothing more comes.
page-broken-title = This link does not work
page-broken-text = It may have been used already, be too old, or be cut off. In the chat with { $desk }, /ticket notify shows where notifications go and makes a new link.
page-confirm-title = Confirm an address
page-confirm-text = { $desk } may send notifications to { $address }?
page-confirm-button = Yes, confirm it
page-confirm-done-title = The address is confirmed
page-confirm-done-text = { $desk } sends notifications to { $address } from now on.
page-unsubscribe-title = Stop announcements
page-unsubscribe-text = { $desk } sends announcements to { $address }. Shall they stop? Invoices, support and abuse reports still arrive.
page-unsubscribe-button = Stop announcements
page-unsubscribe-done-title = Announcements have stopped
page-unsubscribe-done-text = { $desk } sends no more announcements to { $address }.

notify-not-linked = We do not know yet whose contact you are. Link yourself in the client area first, then you can say here where we reach you.
notify-no-such = That place is not in your list any more. Nothing has changed.
notify-last = This is the only place for these messages, and they must arrive somewhere. Add another one first.
notify-too-many = There are { $max } places already. Remove one first.
notify-too-often = Too many codes were asked for. Please try again later.
notify-no-mail = The desk sends no mail at the moment, so no address can be confirmed. Please ask us in a ticket.
duty-how = Please write `on`, `off`, or how you want to be paged, first choice first: `dm`, `mention`, `mail`.
oncall-how = Please write `take NAME 8h` to stand in from now on, `take NAME 2026-12-24 18:00 12h` for later, `drop NAME` to give it back, or `feed` for your calendar. At most 92 days. Names: { $choices }.
oncall-too-many = There are too many stand-ins on this rotation already. Please give some back first.
no-such-person = The policy of the desk has nobody called { $name }. Nothing has changed.
feed-no-address = The desk has no public address, so there is no link to a calendar. Please ask whoever runs it to set PUBLIC_URL.
no-such-team = The policy of the desk has no team “{ $text }”. You can name one of these: { $choices }.
no-levels = The policy of the desk has no levels, so a ticket cannot be moved between them.
level-top = Ticket **#{ $number }** is at the highest level for it already. You can name another level: { $choices }.
level-bottom = Ticket **#{ $number }** is at the lowest level already.
escalate-why = Please write why, too. The customer reads it.
page-not-yours = You are not called about this ticket, or not any more. There is nothing to pass on.
page-over = This call is over: the ticket was answered, or somebody else is called.
notify-heading = Where we tell you what, first choice first. If a place cannot be reached, the next one is tried.
notify-line = **{ $type }**: { $places }
notify-line-none = **{ $type }**: nowhere
notify-type-invoices = Invoices and orders
notify-type-technical = Technical support
notify-type-abuse = Abuse reports
notify-type-announcements = Announcements
notify-type-maintenance = Planned work and changes
notify-type-outages = Outages
notify-type-heading = **{ $type }** go here, first choice first:
notify-type-none = **{ $type }** are sent to you nowhere.
notify-chat = { $platform }: { $name }
notify-state-unconfirmed = not confirmed yet
notify-state-unlinked = no longer yours
notify-state-gone = cannot be reached
notify-state-off = switched off
notify-hours = Quiet from **{ $from }** to **{ $to }** ({ $zone }): only what is urgent comes then. Language: { $language }.
notify-hours-none = No quiet hours (time zone { $zone }). Language: { $language }.
notify-language-en = English
notify-language-pl = Polski
notify-is-first = { $name } comes first now.
notify-dropped = { $name } is removed.
notify-calendar =
    Planned work that concerns your services, for your calendar: { $link }

    Add it there as a subscription, by its address. Whoever has the address sees what you see. An address from before does not work any more.
notify-invites = Calendars in mails about planned work are invitations now: your program offers to take them in.
notify-files = Calendars in mails about planned work are files again, to open when you want.
notify-calendar-dropped = The calendar has no address any more.
calendar-title = Planned work – { $desk }
notify-saved = Saved.
notify-code-sent = We have sent a code to { $name }. It works for 24 hours. Until you enter it, nothing else goes there.
notify-confirmed = { $name } is confirmed: we use it from now on.
notify-ask-add = Which mail address? Send it as a message.
notify-ask-code = Send the code from the mail as a message.
notify-ask-hours = When shall it be quiet? Choose, or send two times such as 22:00-7:00. A time zone such as Europe/Warsaw works too.
notify-form-add = Add a mail address
notify-form-code = Confirm an address
notify-form-hours = Quiet hours and language
notify-field-address = Mail address
notify-field-address-hint = We send it a code first, so that it is certain to be yours
notify-field-code = Code from the mail
notify-field-code-hint = 16 letters and digits
notify-field-from = Quiet from
notify-field-from-hint = For example 22:00. Leave both empty for no quiet hours
notify-field-to = Quiet until
notify-field-to-hint = For example 7:00. What is urgent comes all the same
notify-field-zone = Time zone
notify-field-zone-hint = For example Europe/Warsaw. Empty: as in your account
notify-field-language = Language
notify-field-language-hint = In which we write to you
notify-fault-address = This is no mail address. It looks like jan@example.com.
notify-fault-code = This code does not work. It may be used, older than a day, or mistyped. After five wrong ones there is a pause of ten minutes.
notify-fault-time = Please write two different times, such as 22:00 and 7:00.
notify-fault-zone = We do not know this time zone. Write a name such as Europe/Warsaw.
button-notify-calendar = Calendar of planned work
button-notify-invites = Calendars in mails as invitations
button-notify-files = Calendars in mails as files
button-notify-calendar-off = End this calendar
button-notify-hours = Quiet hours, language
button-notify-code = Enter a code
button-notify-add = Add a mail address
button-notify-back = Back to all
button-notify-no-quiet = No quiet hours
button-notify-first = First: { $name }
button-notify-drop = Remove: { $name }
button-notify-use = Use { $name }
discord-ticket-status = See what concerns you now and next
discord-ticket-notify = Say where we tell you what
discord-ticket-contact = See how to reach us, and how soon we answer
telegram-command-status = See what concerns you now and next
telegram-command-notify = Say where we tell you what
telegram-command-contact = See how to reach us, and how soon we answer

## How the time of a promise came about (`/desk why`)

why-heading = Ticket **#{ $number }**: how each time came about
why-nothing = Nothing is promised on ticket **#{ $number }** at the moment.
why-promise = **{ $what }**: { $when } ({ $state })
why-paused-for-now = no time yet
why-state-running = running
why-state-paused = stands, the ticket waits for the customer
why-state-met = kept { $when }
why-state-missed = missed
why-state-void = not promised any more
why-rule = { $given } from { $from }, in the hours of “{ $calendar }” ({ $zone })
why-rule-always = { $given } from { $from }, around the clock
why-told = the customer was told { $given }
why-open = { $length }: { $span }
why-paused = not counted: { $span }, it waited for the customer
why-part = not counted: { $span }, it was part of an outage
why-part-since = not counted: since { $from }, it is part of an outage
why-paused-since = not counted: since { $from }, it waits for the customer
why-day-off = skipped: { $day }, a day off
why-day-off-named = skipped: { $day }, { $name }
why-more = … and { $count } more
why-change-anew = { $when }: { $reason }. Counted anew from then, because that is sooner.
why-change-from-start = { $when }: { $reason }. Counted from the beginning, because that gives more time.
why-change-kept = { $when }: { $reason }. What was promised before stays, because it is sooner.
why-reason-transferred = another department
why-reason-prioritised = another priority
why-reason-proved = it became clear whose account it is
why-reason-made-ticket = the chat was made a ticket
why-reason-terms-changed = the policy changed

## Notices: planned work, changes and outages

notice-kind-maintenance = Planned maintenance
notice-kind-change = Change
notice-kind-outage = Outage
notice-stage-announce = announcement
notice-stage-finish = end
notice-stage-update = update
notice-stage-reschedule = new time
notice-stage-cancel = cancelled
notice-stage-resolve = done
notice-stage-resolved = resolved
notice-stage-withdrawn = no longer concerns you
notice-stage-reminder = reminder
notice-stage-start = begins
notice-lead-tentative = The date is not final yet. We write again when it is.
notice-lead-moved = The time has changed. It was planned for { $old }.
notice-lead-cancelled = This will not take place.
notice-lead-cancelled-was = This will not take place. It was planned for { $old }.
notice-lead-done = This is done.
notice-lead-started = This begins now.
notice-lead-reminder = This begins in { $in }.
notice-lead-withdrawn = This no longer concerns any of your services. You need do nothing, and we write no more about it.
notice-state-investigating = Something is broken, and we are looking for the cause.
notice-state-identified = We have found the cause and are working on it.
notice-state-watching = It works again. We keep watching it for a while.
notice-state-resolved = It is resolved.
notice-state-cancelled = This was a mistake of ours: nothing is broken.
notice-now = **Newest, { $at }:**
notice-now-more = There is more about it below.
notice-when = **When**: { $when }
notice-from = **From**: { $when }
notice-clocks = The clocks change before then, on { $day }, from { $before } to { $after }.
notice-clocks-within = The clocks change during it, on { $day }, from { $before } to { $after }.
notice-impact = **What to expect**: { $impact }
notice-impact-none = nothing you would notice
notice-impact-reduced = less redundancy, everything works
notice-impact-degraded = slower, or short interruptions
notice-impact-outage = not available
notice-concerns = **Concerns**: { $services }
notice-concerns-more = **Concerns**: { $services } and { $count } more
notice-silent-title = N-{ $number }: no news for { $time }
notice-silent = Nothing new has been said of **N-{ $number }: { $title }** for { $time }. { $tickets ->
    [0] Customers wait for word
    [one] Customers wait for word, one of them with a ticket
   *[other] Customers wait for word, with { $tickets } tickets
  }: /notice update { $number }
notice-missed-title =
    { $count ->
        [one] { $count } contact not reached
       *[other] { $count } contacts not reached
    }
notice-missed-head = **N-{ $number }: { $title }** did not reach everybody. Please tell them another way.
notice-missed-more = And { $count } more: the board of the notice names them.
notice-why-nobody = the account has no contact.
notice-why-nowhere = there is no place that we could write to.
notice-why-all-failed = could not be reached. Tried:
notice-why-unknown = may not have got it. Tried:
notice-fault-no-title = A title is missing, in English or in Polish.
notice-fault-no-text = A text is missing, in English or in Polish.
notice-fault-no-objects = Say what it is about: a location, a rack, a network, a product, an order, a service, an account, or all.
notice-fault-object-value = This is not complete: name the location, the rack, the network, the product, the order number, the service or the account; "all" stands alone.
notice-fault-object-network = This is no IP address and no range. Write 203.0.113.7 or 203.0.113.0/24.
notice-fault-object-nobody = Nobody has anything of this: { $value }. Check how it is written in the accounts.
notice-fault-object-window = There is no such window. They are counted from 0.
notice-fault-object-no-window = All windows are of single accounts. Add one for this.
notice-fault-no-window = Say when it takes place.
notice-fault-one-window = A change holds from one date on: give one window.
notice-fault-window-backwards = It ends before it begins.
notice-fault-window-past = This is in the past.
notice-fault-window-overlaps = It begins before the one before it ends.
notice-fault-move = This cannot be done with a notice that is { $state }.
notice-fault-state = A notice that is { $state } cannot become that.
notice-how = Write for example `/notice maintenance`, `change` or `outage` for a new one; `update 12`, `reschedule 12`, `cancel 12`, `resolve 12`, `show 12`, `preview 12`, `draft 12` for one that is there; or `list`.
no-such-notice = There is no notice { $number }.
notice-no-template = There is no template { $name } for { $kind }. There are: { $names }.
notice-in-lines = Copy this, fill it in, and send it. You see everything before anybody else does.
notice-in-lines-again = Nothing was changed. Mend it and send it again:
notice-line-twice = “{ $name }” stands there twice. Set each further line of a text in by two spaces, so that it is not taken for a field.
notice-line-title = title
notice-line-text = text
notice-line-polish = polish
notice-line-about = about
notice-line-when = when
notice-line-state = state
notice-sent-already = N-{ $number } was sent already. `/notice update { $number }` says something new.
notice-changed = **Somebody has changed it meanwhile. This is how it is now: look at it, and confirm again.**
notice-typed = Nothing was changed. This is what you wrote:
notice-bundle = { $count ->
        [one] { $count } notice about your services
       *[other] { $count } notices about your services
    }
notice-sent = N-{ $number } is on its way. `/notice show { $number }` says who has it.
notice-sent-before = N-{ $number } was sent already. `/notice show { $number }` says who has it.
notice-nothing-waits = Nothing of N-{ $number } waits to be sent.
notice-waits = Something of it is prepared and was not sent yet: `/notice preview { $number }`.
notice-preview = **N-{ $number } as it would go out. Nothing has been sent yet.**
notice-preview-who =
    { $contacts ->
        [one] { $contacts } contact
       *[other] { $contacts } contacts
    } of { $accounts ->
        [one] { $accounts } account
       *[other] { $accounts } accounts
    }.
notice-preview-object =
    { $object }: { $services ->
        [one] { $services } service
       *[other] { $services } services
    } of { $accounts ->
        [one] { $accounts } account
       *[other] { $accounts } accounts
    }
notice-preview-examples = For example: { $examples }
notice-preview-called-off = **Still to come: windows of { $whose }.** They are told that it is done, and these windows leave their calendars.
notice-preview-everybody = everybody
notice-preview-places = To: { $places }. It takes about { $long }.
notice-preview-nobody =
    { $count ->
        [one] { $count } account has nobody whom we could tell.
       *[other] { $count } accounts have nobody whom we could tell.
    }
button-notice-send = Send it
button-notice-edit = Change it
notice-list-empty = There are no notices yet.
notice-list-line = **N-{ $number }** { $kind }: { $title } ({ $state })
notice-name-draft = draft
notice-name-planned = planned, date not final
notice-name-confirmed = confirmed
notice-name-running = under way
notice-name-extended = under way, takes longer
notice-name-done = done
notice-name-cancelled = cancelled
notice-name-investigating = looking for the cause
notice-name-identified = cause found
notice-name-watching = mended, being watched
notice-name-resolved = resolved
notice-board-line = { $stage }: sent { $sent }, waiting { $planned }, held for quiet hours { $held }, on the way { $sending }, failed { $failed }, unknown { $unknown }, overtaken { $superseded }
notice-board-missed = Not reached:
notice-form-announce = Change the draft
notice-form-update = News
notice-form-reschedule = Another time
notice-form-cancel = Cancel it
notice-form-resolve = It is done
notice-form-submit = See it first
notice-field-title = Title
notice-field-title-hint = In English, one line
notice-field-text = Text
notice-field-text-hint = In English; plain text, as customers will read it
notice-field-polish = In Polish
notice-field-polish-hint = First line the title, then the text; without it everybody gets English
notice-field-polish-text = In Polish
notice-field-polish-text-hint = Without it everybody gets English
notice-field-about = What it is about
notice-field-about-hint = A line each: WAW1 · WAW1/R12 · 192.0.2.0/24 = degraded · #12345 · product vps · account A-1 @2 · all
notice-field-when = When
notice-field-when-hint = A line each: 2026-12-06 02:00 - 04:00. Further lines: auto, tentative
notice-field-state = How it stands
notice-field-state-hint = What customers are told of it
notice-fault-about = This line is not clear: { $line }. Write for example WAW1, WAW1/R12, 203.0.113.0/24 = degraded, or #123456.
notice-fault-when-unreadable = This line is no time: { $line }. Write 2026-12-06 02:00 - 04:00.
notice-fault-when-no-day = The day is missing or not clear: { $line }. Write 2026-12-06 02:00 - 04:00.
notice-fault-when-gap = This hour does not exist: { $line }. The clocks jump from { $first } to { $second }.
notice-fault-when-twice = This hour comes twice, because the clocks are set back: { $line }. Write { $first } or { $second }.
discord-command-notice = Tell customers of maintenance, changes and outages
discord-notice-maintenance = Announce planned maintenance
discord-notice-change = Announce a change
discord-notice-outage = Tell of an outage
discord-notice-draft = Change a draft that was not sent
discord-notice-preview = See what would be sent
discord-notice-update = Tell news of a notice
discord-notice-reschedule = Give another time
discord-notice-cancel = Say that it will not take place
discord-notice-resolve = Say that it is done
discord-notice-list = See the newest notices
discord-notice-show = See who was told
discord-option-notice = The number of the notice, such as 12
discord-name-notice = notice
discord-option-template = The template to begin with, such as power
discord-name-template = template
discord-name-maintenance = maintenance
discord-name-change = change
discord-name-outage = outage
discord-name-draft = draft
discord-name-preview = preview
discord-name-update = update
discord-name-reschedule = reschedule
discord-name-cancel = cancel
discord-name-resolve = resolve

## The public status page

status-title = Status of { $desk }
status-all-operational = Everything works
status-all-maintenance = Planned work is under way
status-all-degraded = Something does not work as it should
status-all-outage = Something is not available
status-is-operational = works
status-is-maintenance = planned work
status-is-degraded = disrupted
status-is-outage = not available
status-last-known = Last known state, as of
status-last-known-why = We cannot look at the moment, and show what we knew then.
status-unknown = We cannot say right now how things are. Please try again in a minute.
status-now = Now
status-planned = Planned
status-planned-none = Nothing is planned.
status-components = Locations and services
status-history = History
status-history-none = There was nothing in the last { $days } days.
status-history-all = All of the last { $days } days
status-when = When
status-about = What it is about
status-everything = all services
status-about-one = { $what }: { $impact }
status-about-then = { $what }: { $impact } (time { $windows })
status-announced = announced
status-in-force = in force
status-time-over = time is over
status-since = since
status-until = until
status-updates = What was said, the newest first
status-earlier =
    { $count ->
        [one] One earlier message
       *[other] { $count } earlier messages
    }
status-calendar = Calendar
status-follow = Follow in a feed reader, a calendar or a program:
status-languages = Language
status-zone = Times are those of { $zone }, with UTC.
status-back = How things are now
status-missing = There is no such notice here.
mail-subscribe-subject = Do you want the status messages of { $desk }?
mail-subscribe = Somebody asked on the status page of { $desk } to send its messages to this address. If it was you, confirm it within 24 hours: { $link }

    If it was not you, do nothing: nothing more comes.
mail-status-page = How it goes on: { $link }
mail-status-stop = To get no more of these: { $link }
page-subscribe-title = Status messages by mail
page-subscribe-text = Shall { $desk } write to { $address } of outages, planned work and changes?
page-subscribe-button = Yes, please
page-subscribe-done-title = You are subscribed
page-subscribe-done-text = { $desk } writes to { $address } when there is something to say. Each mail has a link that ends it.
page-leave-title = Stop status messages
page-leave-text = Shall { $desk } write no more status messages to { $address }? What concerns your own services still arrives.
page-leave-button = Stop them
page-leave-done-title = Status messages have stopped
page-leave-done-text = { $desk } writes no more status messages to { $address }.
status-subscribe = By mail
status-subscribe-label = Mail address
status-subscribe-button = Subscribe
status-subscribe-hint = We first send you a link to confirm it. Each mail has a link that ends it.
status-subscribe-sent = Please look into your mailbox. If we can write to this address, a mail with a link is on its way; nothing else comes before you have followed it.
status-subscribe-wrong = This is no mail address. Please go back and look at it again.

## Alerts: what monitoring tells. The first four are read by customers and name nothing that only staff should see.

alert-title = Disruption of services
alert-title-places = Disruption in { $places }
alert-text = Our monitoring shows that something does not work as it should. We are looking into it, and write here as soon as we know more.
alert-text-more = More services may be affected than we first wrote. We are working on it.
alert-sheet-title = Monitoring reports an outage
alert-sheet =
    Below is what fires, and what customers would be told. Nothing goes out until somebody presses the button, unless the policy says so of the source.

    `/notice cancel { $number }` if it is none; `/notice show { $number }` for how it stands.
alert-count = **Alerts that fire: { $firing } of { $count }**
alert-line-firing = **{ $summary }** ({ $source }), since { $when }
alert-line-resolved = { $summary } ({ $source }), over since { $when }
alert-more = and { $count } more
alert-truncated = The source has left out { $count } more.
alert-state-elsewhere = **This goes on as N-{ $number }.** Nobody was told of this one.
alert-state-closed = **Closed.** No customer was told.
alert-state-resolved = **Over.** `/notice show { $number }` says who was told.
alert-state-published = **Customers are told.** `/notice show { $number }` says who has it.
alert-state-touched = Somebody has changed the draft: alerts change it no more.
alert-state-auto = **It goes out by itself at { $at }**, as the policy says, unless it is over by then or somebody changes it.
alert-state-calm = **Nothing fires any more.** No customer was told. It is closed at { $at } if it stays so.
alert-news-calm = Nothing of N-{ $number } fires any more, and no customer was told.
alert-news-again = N-{ $number } fires again.
alert-news-resolve = **Nothing of N-{ $number } fires any more.** Tell customers that it is over?
alert-news-more = **More fires of N-{ $number } than customers were told of.** Tell them, too?
alert-news-published = N-{ $number } went out by itself, as the policy says.
alert-news-resolved = N-{ $number } is over, and customers are told.
button-alert-update = Say something new
alert-unplaced-title = Alerts about nothing that customers have
alert-unplaced = What they name is not in the accounts, so there is no draft. Under `alerts` in the policy you say which label, or which value, means what.
alert-unplaced-enough = That is enough for today: further ones are not listed here.
work-title = Work of one of our suppliers
work-title-places = Work of one of our suppliers in { $places }
work-text = One of our suppliers carries out planned work on something that your services depend on.
work-text-final = The date is final now.
work-text-other = The supplier has told us more exactly what the work is about.
work-sheet-title = A supplier announces maintenance
work-sheet =
    Below is what the supplier says, and what customers would be told. Nothing goes out until somebody presses the button. What the supplier changes is prepared here.

    `/notice cancel { $number }` if customers need not know; `/notice show { $number }` for how it stands.
work-line = **{ $summary }** ({ $provider }, by { $source }): { $when }, { $state }
work-state-tentative = date not final
work-state-confirmed = confirmed
work-state-in-process = under way
work-state-completed = done
work-state-cancelled = cancelled
work-news = **The supplier has something new about N-{ $number }:**
work-unplaced = It is about nothing that customers have, so there is no draft. Under `alerts` in the policy, `values` says which object, account or supplier means what.
work-refused = It could not be drafted: it is in the past, or too far ahead. Look at it, and use `/notice maintenance` if customers must know.
work-unplaced-over = You were told to look at it, since there is no draft: you need not any more, unless customers were told of it by hand.
work-unclear = The supplier has said something else of it before: { $before }. Neither `SEQUENCE` nor `DTSTAMP` of its calendars says which of the two holds, so nothing was changed. Please ask the supplier.
work-unclear-notice = That is N-{ $number }: `/notice show { $number }`.
work-letter-none = **Mail of the supplier { $source } without a calendar that tells of work: { $subject }**
    { $begins }
    There is no draft: use `/notice maintenance` if customers must know. All of it: `npm run desk -- aside`.
work-letter-unread = **Mail of the supplier { $source } with a calendar that cannot be read: { $subject }**
    { $begins }
    There is no draft of that: use `/notice maintenance` if customers must know. All of it: `npm run desk -- aside`.
work-letter-known = **Mail of the supplier { $source } whose calendar tells nothing new: { $subject }**
    { $begins }
    Nothing was changed: if the mail changes something, the notice has to be changed by hand. All of it: `npm run desk -- aside`.

## The ways to reach us: the page, the chats, the foot of mails

reach-title = How to reach { $desk }
reach-ways = Ways to reach us
reach-people = Who works when
reach-zone = Times are those of { $zone }.
reach-ticket = Support ticket
reach-chat = Live chat
reach-mail = E-mail
reach-notices = Notifications
reach-ticket-for = For all matters ({ $departments }). Emergencies only this way, so that we can be sure that it is you.
reach-chat-for = For quick general questions. We can make a ticket of a chat.
reach-mail-for = When the rest is out of reach. For account matters, please write from your registered address.
reach-notices-for = Planned work, changes and outages: we write to you.
reach-ticket-at = /ticket in { $platforms }
reach-ticket-at-page = { $where }, or at { $page }
reach-chat-at = The chat in the corner of our website
reach-notices-at = In your chat and by mail, as you choose with /ticket notify
reach-notices-when = At once, and to you personally.
reach-ack = We confirm by ourselves within { $time }.
reach-first = A person answers within { $time }{ $hours }.
reach-first-latest = A person answers within { $time }, at the latest { $latest }{ $hours }.
reach-first-whose = { $whose }: { $words }
reach-hours-always = , day and night
reach-hours-open = { " of working hours" }
reach-measured = In the last 30 days half of the answers came within { $half }, nine of ten within { $most } ({ $count } in all).
reach-measured-none = In the last 30 days there was nothing to measure.
reach-open-always = open now, day and night
reach-open-until = open now, until { $when }
reach-closed-until = closed now, opens { $when }
reach-closed-always = closed
reach-label-purpose = What for
reach-label-where = Where
reach-label-promised = What we promise
reach-label-measured = How it was
reach-label-now = Now
reach-to-status = How our services are
reach-to-own = Your tickets and settings
reach-page = The same as a page: { $link }

## How it went

rate-ask = How did it go with ticket **#{ $number }**? One press is enough.
rate-ask-mail =
    How did it go with ticket **#{ $number }**? One click is enough.

    - Good: { $good }
    - Fair: { $fair }
    - Bad: { $bad }
rate-good = Good
rate-fair = Fair
rate-bad = Bad
button-rate-say = Add a few words
rate-thanks = Thank you. We look at every answer.
rate-thanks-words = Thank you for your words. The people who helped you read them.
rate-say-it = What went well, or should be better? Please write it as your next message; it is a comment on ticket **#{ $number }**, and does not open it again.
rate-form-title = How did it go?
rate-title = How did it go?
rate-about = Ticket #{ $number }: { $subject }
rate-comment = What went well, or should be better?
rate-send = Send
rate-not-finished = Ticket **#{ $number }** is not finished yet. When it is, we ask you how it went.
rate-often = We have your answer. It was changed so often that we leave it as it is.
desk-rated = The customer says how it went: **{ $answer }**.
desk-rated-words = How it went ({ $answer }), in the customer’s words
report-ratings-title = How it went
report-ratings = Asked: { $asked }. Good: { $good }, fair: { $fair }, bad: { $bad }.
report-ratings-words = { $number } ({ $answer }): { $comment }

## The page of one's own (/me)

me-title = Your support page
me-sign-in = Sign in
me-sign-in-why = Your tickets, what concerns you, and where we tell you what. No password: we send you a link that works once.
me-sign-in-chat = In a chat that is linked to you, /ticket me has a button that brings you here.
me-address = Your registered e-mail address
me-address-hint = The link works for 15 minutes, once, and only in this browser.
me-address-wrong = This is no mail address. Please look at it again.
me-send-link = Send the link
me-link-asked = If this address is registered with us, a link is on its way. Open it in this browser within 15 minutes. If nothing comes, check the address and your spam folder, or ask again in some minutes.
me-link-elsewhere = This link was asked for in another browser, and works only there. Copy it into that one, or ask for a new link here.
me-link-gone = This link does not work any more: it was used, or is older than 15 minutes. Please ask for a new one here.
me-link-whose = Sign in as { $contact } of { $account }?
me-token-whose = Sign in as { $contact } of { $account }?
me-token-wrong = This way in does not work any more. Please go back to the client area and try again, or sign in here.
me-enter = Yes, sign in
me-sign-out = Sign out
me-bar-tickets = Tickets
me-bar-new = New ticket
me-bar-notices = What concerns me
me-bar-settings = Settings
me-to-contact = How to reach us
me-back = Back to your tickets
me-missing = There is nothing here
me-new = Open a ticket
me-open = Open the ticket
me-optional = optional
me-reshape = Show the fields for this choice
me-form-faults = Something is missing. What to mend stands at the fields; files have to be chosen again.
me-form-forged = Nothing was done: this form was not from a page that you have open here, or you have signed in anew since. Please load the page again and try once more.
me-form-large = Nothing was sent: the message or its files are too large. Please send less at once.
me-newer = Newer
me-older = Older
me-pages = More tickets
me-from-colleague = opened by a colleague
me-opened = Opened
me-due = You hear from us by
me-said = What was said
me-said-you = You
me-said-colleague = Your colleague
me-said-us = Support
me-edited = changed
me-earlier = Earlier messages that are not shown here: { $count }
me-write = Your message
me-write-reopens = A message opens the ticket again.
me-too-late = This ticket was closed too long ago to go on.
me-send = Send
me-close = Close the ticket
me-reopen = Open it again
me-escalate = Ask for a quicker answer
me-files = Files
me-files-hint = Up to { $count } files, each up to { $size }.
me-file-coming = being checked
me-file-refused = not taken
me-file-too-large = Nothing was sent. These files are too large: { $names }
me-told-opened = We have your ticket. You hear from us here, and where you chose to be told.
me-told-sent = Your message is with us.
me-told-rated = Thank you. We look at every answer.
me-told-saved = Saved.
me-saved = Saved.
me-save = Save
me-places = Where we tell you what
me-places-why = The first place of each kind is tried first. A new address gets a code, and nothing else before you have confirmed it.
me-prove-first = To change where things go, please come here from your client area: that shows us that it is you, for 15 minutes.
me-prove-there = To the client area
me-nowhere = Nowhere.
me-add-place = Another place
me-add = Add
me-first = Put first
me-drop = Take away
me-confirm = Confirm
me-hours = Quiet hours, zone and language
me-oidc = Sign in with your customer account
me-oidc-away = Your customer account cannot be reached just now. Please try again in a minute, or use another way.
me-oidc-wrong = That did not work. Please start again here.
me-oidc-refused = You were not signed in there. You can start again, or use another way.
me-calendar = Calendar of planned work
me-calendar-why = A secret address for your calendar program: planned work that concerns you, kept up to date.
me-calendar-make = Make an address
me-calendar-anew = Make a new address; the old one ends
me-calendar-end = End the address
me-invites-on = Mails about planned work bring it as an invitation, which your program offers to take in.
me-invites-off = Mails about planned work bring it as a file for your calendar.
me-calendar-made = This is its address. It is shown only now:
me-identities = Who you are in our chats
me-no-identities = No chat is linked to you.
me-link-how = To link one, make a code or a link for it in your client area, and send /ticket link there.
me-unlink = Unlink
me-sessions = Where you are signed in
me-browser-unknown = A browser that does not say what it is
me-since = since
me-seen = last seen
me-this = this browser
me-end = End
me-end-others = End all others
me-how-chat = by a link in a chat
me-how-mail = by a link in a mail
me-how-client-area = from the client area
button-me-page = My page
me-page-link = Your page: { $link } It works for 15 minutes, once. Whoever has this link is you: keep it to yourself.
me-page-often = You have asked for many links. Please use the newest one, or ask again in an hour.
mail-sign-in-subject = Your link to { $desk }
mail-sign-in = Here is your link to the support page of { $desk }, for { $account }: { $link }

    It works for 15 minutes, once, and only in the browser in which it was asked for. If that was not you, do nothing.

## The chat on the website

webchat-open = Open the chat
webchat-close = Close the chat
webchat-title = Chat
webchat-intro = Hello! What can we help you with?
webchat-write = Write a message
webchat-send = Send
webchat-attach = Attach files
webchat-sending = Sending…
webchat-delivered = Delivered
webchat-not-sent = Not sent
webchat-files-left = These files did not reach us. Please attach them again, or send them another way:
webchat-retry = Send again
webchat-offline = No connection. What you write is kept and sent as soon as there is one.
webchat-later = One moment, your message goes in a few seconds.
webchat-you = You
webchat-auto = automatic
webchat-gone = This message was taken back.
webchat-new = new messages
webchat-too-large = This file is too large.
webchat-too-many = These are too many files for one message.
webchat-too-long = This is too long for one message. Please send it in parts, or as a file.
webchat-working = Very many people are writing to us. Your browser needs a moment.
webchat-writing = The team is writing…
webchat-expired = Your session on this site is over. Please log in again to go on.
webchat-drop-here = Drop your files here
webchat-remove = Remove
webchat-optional = optional
webchat-promise-now = Usually answers at once
webchat-promise-within = Usually answers within { $time }
webchat-promise-none = We answer here
# Staff read this in place of a name that nobody knows.
webchat-visitor = Visitor { $sign }

# Mail that comes in
letter-opened =
    We have your mail as ticket **#{ $number }**: { $subject }
    One of us answers by **{ $by }**. You can add anything you like: just answer this mail.

    { $more }
letter-missing = To help you sooner we need this. Just answer this mail with:
letter-prove =
    General questions we answer right away. For matters of an account we have to be sure that it is you. { letter-how }
letter-how = Write from the mail address that is on file for the account; or make a code in your client area and enter it where you chat with us: `/ticket link` in Slack or Discord, `/link CODE` in Telegram.
letter-how-fresh = Make a code in your client area, enter it where you chat with us (`/ticket link` in Slack or Discord, `/link CODE` in Telegram), and ask us there within 15 minutes.
letter-refused-subject = About your mail
letter-refused =
    For this we have to know for certain who you are, so we have not opened a ticket for your mail.

    { $how }
letter-no-subject = (no subject)
letter-empty = (This mail has no words.)
letter-files = (This mail has files only.)
letter-unreadable = (This mail could not be read. It is attached as it came, packed with gzip.)
letter-cut = ⚠️ This mail is too large: only its beginning is here, without its files. The whole mail is in the mailbox, where it is flagged.
letter-too-large = Your mail is larger than we can take: we have what it begins with, and none of its files. Please send the files in smaller mails, or a link to them.
letter-automatic = 🤖 An automatic answer came from { $name }, which counts as nobody’s word: { $text }
letter-by-colleague = { $name } (also sees this ticket)
letter-by-other = { $name } (⚠️ somebody else, unverified)
letters-aside-title = Mail is set aside
letters-aside = More mail came from { $sender } than a person writes. What is too much is set aside, unanswered, and kept for 30 days: `npm run desk -- aside` shows it. For the next hour this is not said again.
field-follows = Follows
desk-folded-none = Nothing was folded away in this ticket’s messages.
button-folded = Show quoted text
