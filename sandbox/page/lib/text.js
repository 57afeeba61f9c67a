/** Draws text objects (mrkdwn and plain) as DOM nodes. */

import { dateToken, fullDate } from "./dates.js";
import { h } from "./dom.js";
import { emoji, withEmoji } from "./emoji.js";
import { parse, unescape } from "./mrkdwn.js";
import { isAddress } from "./route.js";
import { channel, group, me, personName } from "./session.js";
import { t } from "./words.js";

/** A text object {type, text, emoji?, verbatim?} as an array of nodes. */
export function textNodes(object) {
  if (!object) return [];
  return object.type === "mrkdwn" ? mrkdwn(object.text, object) : [h("span", { class: "keep-lines" }, plainText(object))];
}

export function plainText(object) {
  if (!object) return "";
  const text = unescape(object.text ?? "");
  return object.emoji === false ? text : withEmoji(text);
}

export function mrkdwn(text, style = {}) {
  return parse(text ?? "", style).map((block) => {
    if (block.type === "code") return h("pre", { class: "code-block" }, block.text);
    if (block.type === "quote") return h("blockquote", { class: "quote" }, block.children.map(inlineNode));
    return h("div", { class: "para" }, block.children.map(inlineNode));
  });
}

/** Any text of Slack's as one line without marks, for labels and previews. */
export function flat(text) {
  const line = (nodes) => nodes.map((node) => {
    if (node.children) return line(node.children);
    const drawn = node.type === "break" ? " " : inlineNode(node);
    return drawn instanceof Node ? drawn.textContent : drawn;
  }).join("");
  return parse(text ?? "").map((block) => (block.text !== undefined ? block.text : line(block.children))).join(" ").trim();
}

function inlineNode(node) {
  switch (node.type) {
    case "text": return node.text;
    case "break": return h("br");
    case "bold": return h("b", {}, node.children.map(inlineNode));
    case "italic": return h("i", {}, node.children.map(inlineNode));
    case "strike": return h("s", {}, node.children.map(inlineNode));
    case "icode": return h("code", { class: "code" }, node.text);
    case "emoji": return emojiNode(node.name);
    case "link": return link(node.url, node.text);
    case "user": return mention(node.id, node.label);
    case "group": return groupMention(node.id, node.label);
    case "channel": return channelLink(node.id, node.label);
    case "all": return h("span", { class: "mention mention-me" }, `@${node.name}`);
    case "date": return dateNode(node);
    default: return "";
  }
}

export function emojiNode(name) {
  const sign = emoji(name);
  if (!sign) return `:${name}:`;
  return h("span", { class: "emoji", role: "img", "aria-label": `:${name}:`, title: `:${name}:` }, sign);
}

/** A link out; an address that is no web or mail address stays text. */
export function link(url, label) {
  if (!isAddress(url)) return h("span", {}, label);
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, label);
}

export function mention(id, label) {
  const mine = id === me()?.id ? "mention-me" : "";
  const name = personName(id);
  return h("span", { class: `mention ${mine}`, data: { user: id } }, `@${name === id && label ? label : name}`);
}

export function groupMention(id, label) {
  const one = group(id);
  const mine = one?.users?.includes(me()?.id) ? "mention-me" : "";
  return h("span", { class: `mention ${mine}` }, `@${one?.handle ?? label?.replace(/^@/, "") ?? id}`);
}

export function channelLink(id, label) {
  const one = channel(id);
  if (!one && !label) return h("span", { class: "mention" }, `🔒 ${t("channel.private")}`);
  return h("a", { class: "channel-link", href: `/archives/${id}` }, `#${one?.name ?? label}`);
}

function dateNode({ unix, pattern, url, fallback }) {
  const shown = dateToken(unix, pattern);
  if (shown === null) return fallback;
  const time = h("time", { datetime: new Date(unix * 1000).toISOString(), title: fullDate(unix), data: { unix, pattern } }, shown);
  return url ? link(url, time) : time;
}

/** Writes relative dates on the page anew when the workspace's clock has moved. */
export function refreshDates(root = document) {
  for (const time of root.querySelectorAll("time[data-pattern]")) {
    const shown = dateToken(Number(time.dataset.unix), time.dataset.pattern);
    if (shown !== time.textContent) time.textContent = shown;
  }
}

