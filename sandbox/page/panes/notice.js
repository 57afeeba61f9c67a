/** Words the small notes of a channel: who joined, left, set the topic, renamed, archived. */

import { withEmoji } from "../lib/emoji.js";
import { unescape } from "../lib/mrkdwn.js";
import { channel, personName, session } from "../lib/session.js";
import { isKorean, t } from "../lib/words.js";

const WORDED = {
  channel_join: (message, name) => (message.inviter
    ? t("message.joinBy", { channel: name, inviter: personName(message.inviter) })
    : t("message.join", { channel: name })),
  channel_leave: (_message, name) => t("message.leave", { channel: name }),
  channel_topic: (message) => (told(message) ? t("message.topic", { topic: told(message) }) : t("message.topicCleared")),
  channel_purpose: (message) => t("message.purpose", { purpose: told(message) }),
  channel_name: (message) => t("message.renamed", { name: /to "([^"]*)"$/.exec(message.text)?.[1] ?? message.text }),
  channel_archive: () => t("message.archived"),
};
// What was set stands after the colon of the note's English text.
const told = (message) => withEmoji(unescape(/: ?([\s\S]*)$/.exec(message.text)?.[1] ?? ""));

WORDED.group_join = WORDED.channel_join;
WORDED.group_leave = WORDED.channel_leave;
WORDED.group_topic = WORDED.channel_topic;
WORDED.group_purpose = WORDED.channel_purpose;
WORDED.group_name = WORDED.channel_name;
WORDED.group_archive = WORDED.channel_archive;

/** The sentence after the person's name, or null when the message is an ordinary one. */
export function notice(message) {
  const word = WORDED[message.subtype];
  if (!word) return null;
  const sentence = word(message, `#${channel(session.channelId)?.name ?? ""}`);
  return isKorean() ? sentence : ` ${sentence}`;
}
