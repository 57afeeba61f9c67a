/** Draws rich_text blocks. */

import { dateToken, fullDate } from "../lib/dates.js";
import { h } from "../lib/dom.js";
import { channelLink, emojiNode, groupMention, link, mention } from "../lib/text.js";

export function richText(block) {
  return h("div", { class: "rich-text" }, block.elements.map(part));
}

function part(element) {
  const children = () => element.elements.map(inline);
  switch (element.type) {
    case "rich_text_section": return h("div", { class: "para" }, children());
    case "rich_text_preformatted": return h("pre", { class: "code-block" }, children());
    case "rich_text_quote": return h("blockquote", { class: "quote" }, children());
    case "rich_text_list": return list(element);
    default: return null;
  }
}

function list(element) {
  const tag = element.style === "ordered" ? "ol" : "ul";
  const start = element.style === "ordered" && element.offset ? element.offset + 1 : null;
  return h(
    tag,
    { class: `list indent-${element.indent ?? 0}`, start },
    element.elements.map((item) => h("li", {}, item.elements.map(inline))),
  );
}

function inline(element) {
  return styled(bare(element), element.style ?? {});
}

function bare(element) {
  switch (element.type) {
    case "text": return lines(element.text);
    case "link": return link(element.url, element.text || element.url);
    case "emoji": return emojiNode(element.name);
    case "user": return mention(element.user_id);
    case "usergroup": return groupMention(element.usergroup_id);
    case "channel": return channelLink(element.channel_id);
    case "broadcast": return h("span", { class: "mention mention-me" }, `@${element.range}`);
    case "color": return h("code", { class: "code" }, element.value);
    case "date": return date(element);
    default: return element.text ?? "";
  }
}

function lines(text) {
  return h("span", { class: "keep-lines" }, text);
}

function date(element) {
  const shown = dateToken(element.timestamp, element.format);
  if (shown === null) return element.fallback ?? "";
  const marks = { unix: element.timestamp, pattern: element.format };
  const time = h("time", { title: fullDate(element.timestamp), data: marks }, shown);
  return element.url ? link(element.url, time) : time;
}

function styled(node, style) {
  let drawn = node;
  if (style.code) drawn = h("code", { class: "code" }, drawn);
  if (style.bold) drawn = h("b", {}, drawn);
  if (style.italic) drawn = h("i", {}, drawn);
  if (style.strike) drawn = h("s", {}, drawn);
  if (style.underline) drawn = h("u", {}, drawn);
  return drawn;
}
