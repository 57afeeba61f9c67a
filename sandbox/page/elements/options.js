/** What a select offers: options of the app, people, channels or conversations, all in one shape. */

import { avatar } from "../lib/avatar.js";
import { channelTitle, isAppChannel, person, personName, session } from "../lib/session.js";
import { flat, plainText, textNodes } from "../lib/text.js";

const label = (text) => (text.type === "mrkdwn" ? flat(text.text) : plainText(text));

/** [{title, items: [{value, same(other), text, nodes, note}]}]; `value` is what the state keeps. */
export function optionGroups(element) {
  const kind = element.type.replace("multi_", "");
  if (kind === "users_select") return [{ items: people().map(personItem) }];
  if (kind === "channels_select") return [{ items: channels().map(channelItem) }];
  if (kind === "conversations_select") return [{ items: conversations(element.filter).map(channelItem) }];
  if (element.option_groups) {
    return element.option_groups.map((group) => ({ title: plainText(group.label), items: group.options.map(optionItem) }));
  }
  return [{ items: (element.options ?? []).map(optionItem) }];
}

/** The item for a value that is held, even when the list does not offer it. */
export function itemOf(element, value) {
  if (typeof value !== "string") return optionItem(value);
  return element.type.includes("users") ? personItem(person(value) ?? { id: value }) : channelItem(session.state.channels.find((one) => one.id === value) ?? { id: value, name: value });
}

function optionItem(option) {
  return {
    value: option, id: option.value, text: label(option.text), nodes: textNodes(option.text),
    note: option.description && plainText(option.description),
  };
}

function personItem(one) {
  const name = personName(one.id);
  return { value: one.id, id: one.id, text: `${name} ${one.name ?? ""}`, nodes: [avatar(one, "tiny"), name], note: one.title };
}

function channelItem(one) {
  const title = one.is_im ? channelTitle(one) : `#${one.name}`;
  return { value: one.id, id: one.id, text: title, nodes: [title] };
}

const people = () => session.state.people.filter((one) => !one.is_stranger);
const channels = () => session.state.channels.filter((one) => !one.is_im && !one.is_private && !one.archived);

function conversations(filter) {
  const include = filter?.include ?? ["im", "mpim", "private", "public"];
  return session.state.channels.filter((one) => {
    if (one.archived || (filter?.exclude_bot_users && isAppChannel(one))) return false;
    return include.includes(one.is_im ? "im" : one.is_private ? "private" : "public");
  });
}
