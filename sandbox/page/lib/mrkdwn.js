/**
 * Reads Slack's mrkdwn into a small tree (pure, no DOM).
 *
 * Blocks: {type: "code", text} | {type: "quote", children} | {type: "text", children}
 * Inline: {type: "text", text} | {type: "bold"|"italic"|"strike", children} | {type: "icode", text}
 *       | {type: "emoji", name} | {type: "break"} | {type: "link", url, text}
 *       | {type: "user"|"group"|"channel", id, label} | {type: "all", name} | {type: "date", unix, pattern, url, fallback}
 */

const MARKS = { "*": "bold", _: "italic", "~": "strike" };
const WORD = /[\p{L}\p{N}]/u;
const EMOJI = /^:([a-z0-9_+'-]+(?:::skin-tone-\d)?):/;
const BARE = /^https?:\/\/[^\s<>|`*~]+/;

export function unescape(text) {
  return text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
}

/** `verbatim` leaves bare links alone; `loose` lets a mark close before a letter, which Slack does not. */
export function parse(text, style = {}) {
  const blocks = [];
  text.split(/```([\s\S]*?)```/).forEach((piece, index) => {
    if (index % 2 === 1) blocks.push({ type: "code", text: codeText(piece.replace(/^\n/, "").replace(/\n$/, "")) });
    else blocks.push(...paragraphs(piece, style, index === 0));
  });
  return blocks;
}

function paragraphs(piece, style, first) {
  const body = first ? piece : piece.replace(/^\n/, "");
  if (body === "") return [];
  const blocks = [];
  let everything = false;
  for (const line of body.split("\n")) {
    const mark = everything ? "" : (/^(?:&gt;&gt;&gt;|>>>)\s?/.exec(line) ?? /^(?:&gt;|>)\s?/.exec(line))?.[0];
    everything ||= Boolean(mark && /^(?:&gt;){3}|^>{3}/.test(mark));
    const type = everything || mark ? "quote" : "text";
    const children = inline(line.slice(mark?.length ?? 0), style);
    const last = blocks.at(-1);
    if (last?.type === type) last.children.push({ type: "break" }, ...children);
    else blocks.push({ type, children });
  }
  return blocks;
}

/** Code shows entities as text, links by their label. */
function codeText(text) {
  return unescape(text.replace(/<([^<>|]+)(?:\|([^<>]*))?>/g, (_whole, target, label) => label ?? target.replace(/^[@#!]/, "")));
}

function inline(text, style) {
  const nodes = [];
  let plain = "";
  let at = 0;
  const flush = () => {
    if (plain) nodes.push({ type: "text", text: unescape(plain) });
    plain = "";
  };
  while (at < text.length) {
    const found = token(text, at, style);
    if (found) {
      flush();
      nodes.push(found.node);
      at += found.length;
    } else {
      const letter = String.fromCodePoint(text.codePointAt(at));
      plain += letter;
      at += letter.length;
    }
  }
  flush();
  return nodes;
}

function token(text, at, style) {
  const rest = text.slice(at);
  const letter = text[at];
  if (letter === "<") return entity(rest);
  if (letter === "`") {
    const code = /^`([^`\n]+)`/.exec(rest);
    return code && { node: { type: "icode", text: codeText(code[1]) }, length: code[0].length };
  }
  if (letter === ":") {
    const name = EMOJI.exec(rest);
    return name && { node: { type: "emoji", name: name[1] }, length: name[0].length };
  }
  if (letter in MARKS) return marked(text, at, style);
  if (letter === "h" && !style.verbatim && !WORD.test(before(text, at))) return bareLink(rest);
  return null;
}

const before = (text, at) => (at === 0 ? "" : Array.from(text.slice(Math.max(0, at - 2), at)).at(-1));

/** A mark opens after a non-word character and closes before one: `*bold*text` stays as written, as in Slack. */
function marked(text, at, style) {
  const mark = text[at];
  if (WORD.test(before(text, at)) || /^[\s]|^$/.test(text.slice(at + 1, at + 2)) || text[at + 1] === mark) return null;
  for (let end = at + 2; end < text.length; end += 1) {
    if (text[end] === "`" || text[end] === "<") end = skip(text, end);
    if (text[end] !== mark || /\s/.test(text[end - 1])) continue;
    const next = text.codePointAt(end + 1);
    if (next !== undefined && !style.loose && WORD.test(String.fromCodePoint(next))) continue;
    const children = inline(text.slice(at + 1, end), style);
    return { node: { type: MARKS[mark], children }, length: end - at + 1 };
  }
  return null;
}

function skip(text, at) {
  const end = text.indexOf(text[at] === "<" ? ">" : "`", at + 1);
  return end === -1 ? at : end;
}

function bareLink(rest) {
  const found = BARE.exec(rest);
  if (!found) return null;
  const url = found[0].replace(/[.,;:!?)\]'"]+$/, "");
  return { node: { type: "link", url: unescape(url), text: unescape(url) }, length: url.length };
}

function entity(rest) {
  const found = /^<([^<>|\n]+)(?:\|([^<>\n]*))?>/.exec(rest);
  if (!found) return null;
  const node = entityNode(found[1], found[2] === undefined ? null : unescape(found[2]));
  return node && { node, length: found[0].length };
}

function entityNode(target, label) {
  if (/^@[UW]/.test(target)) return { type: "user", id: target.slice(1), label };
  if (target.startsWith("#C") || target.startsWith("#G")) return { type: "channel", id: target.slice(1), label };
  if (target.startsWith("!subteam^")) return { type: "group", id: target.split("^")[1], label };
  if (["!here", "!channel", "!everyone"].includes(target)) return { type: "all", name: target.slice(1) };
  if (target.startsWith("!date^")) return dateNode(target, label);
  if (/^(https?:\/\/|mailto:)/.test(target)) {
    const url = unescape(target);
    return { type: "link", url, text: label || url.replace(/^mailto:/, "") };
  }
  return null;
}

function dateNode(target, label) {
  const [, unix, pattern = "", url = null] = target.split("^");
  return { type: "date", unix: Number(unix), pattern: unescape(pattern), url, fallback: label ?? "" };
}
