/** One message: author, text or blocks, files, thread line, marks and the hover toolbar. */

import { drawBlocks } from "../blocks/blocks.js";
import { openThread } from "../app.js";
import { avatar } from "../lib/avatar.js";
import { clockTime, fullDate } from "../lib/dates.js";
import { h, iconButton } from "../lib/dom.js";
import { icon } from "../lib/icons.js";
import { post } from "../lib/http.js";
import { app, features, me, person, personName, session } from "../lib/session.js";
import { emojiNode, mrkdwn } from "../lib/text.js";
import { toast } from "../lib/toast.js";
import { Form } from "../lib/values.js";
import { t } from "../lib/words.js";
import { notice } from "./notice.js";

/** `compact` messages follow one of the same author and show neither name nor picture; `inThread` ones offer no thread. */
export function messageNode(message, { compact = false, inThread = false } = {}) {
  if (notice(message)) return noticeNode(message);
  const who = author(message);
  const marks = ["message", compact && "compact", message.ephemeral && "ephemeral", message.pinned && "pinned"];
  const node = h("div", {
    class: marks.filter(Boolean).join(" "), role: "listitem", tabindex: "-1", data: { ts: message.ts, author: who.name },
    on: { keydown: (event) => shortcut(event, message, inThread), focusin: () => tools(0), focusout: () => tools(-1) },
  },
  h("div", { class: "gutter" }, compact ? h("time", { class: "side-time", title: fullDate(Number(message.ts)) }, clockTime(Number(message.ts))) : avatar(who)),
  h("div", { class: "message-main" },
    pinLine(message),
    message.ephemeral && h("div", { class: "ephemeral-note" }, icon("eye"), t("message.ephemeral")),
    !compact && head(message, who),
    body(message),
    (message.files ?? []).map(fileNode),
    reactions(message),
    !inThread && threadLine(message)),
  toolbar(message, inThread));
  // The toolbar takes part in the Tab order only while its message has the focus.
  const tools = (order) => { for (const button of node.querySelectorAll(".hoverbar button")) button.tabIndex = order; };
  return node;
}

/** Who wrote it, as a person-like object; a message of an app may carry a name of its own. */
export function author(message) {
  const bot = message.bot && message.bot !== true ? message.bot : null;
  if (message.bot) {
    const own = message.user === app()?.user_id || !message.user ? app() : person(message.user);
    return { ...(own ?? {}), name: bot?.name ?? own?.name ?? "app", real_name: null, emoji: bot?.icon_emoji ?? own?.emoji, isApp: true };
  }
  return { ...(person(message.user) ?? { id: message.user }), name: personName(message.user), real_name: null };
}

function noticeNode(message) {
  const who = person(message.user) ?? { id: message.user };
  return h("div", { class: "message notice", role: "listitem", tabindex: "-1", data: { ts: message.ts, author: personName(message.user) } },
    h("div", { class: "gutter" }, avatar(who, "small")),
    h("div", { class: "message-main" }, h("b", {}, personName(message.user)), notice(message), " ", stamp(message)));
}

function stamp(message) {
  const unix = Number(message.ts);
  return h("a", { class: "stamp", href: permalink(message), title: fullDate(unix) }, h("time", { datetime: new Date(unix * 1000).toISOString() }, clockTime(unix)));
}

function permalink(message) {
  const thread = message.thread_ts && message.thread_ts !== message.ts ? `?thread_ts=${message.thread_ts}&cid=${session.channelId}` : "";
  return `/archives/${session.channelId}/p${message.ts.replace(".", "")}${thread}`;
}

function head(message, who) {
  return h("div", { class: "message-head" },
    h("button", { type: "button", class: "author", tabindex: "-1", data: { user: message.user } }, who.name),
    who.isApp && h("span", { class: "badge" }, t("app.badge")),
    who.is_guest && h("span", { class: "badge" }, t("persona.guest")),
    who.is_stranger && h("span", { class: "badge" }, t("persona.stranger")),
    stamp(message));
}

function pinLine(message) {
  if (!message.pinned) return null;
  const by = message.pinned_by;
  return h("div", { class: "pin-line" }, icon("pin"), by ? t("message.pinnedBy", { name: personName(by) }) : t("message.pinned"));
}

function body(message) {
  const edited = message.edited && h("span", { class: "edited", title: message.edited.ts ? fullDate(Number(message.edited.ts)) : null }, t("message.edited"));
  const parts = [];
  if (message.blocks?.length) parts.push(drawBlocks(message.blocks, contextOf(message)));
  else if (message.text) parts.push(h("div", { class: "message-text" }, mrkdwn(message.text)));
  for (const attachment of message.attachments ?? []) parts.push(attachmentNode(attachment, message));
  if (edited) parts.push(edited);
  return h("div", { class: "message-body" }, parts);
}

function attachmentNode(attachment, message) {
  const color = attachment.color ? { "--bar": attachment.color.startsWith("#") ? attachment.color : `#${attachment.color}` } : {};
  const inner = attachment.blocks?.length ? drawBlocks(attachment.blocks, contextOf(message, attachment.blocks)) : mrkdwn(attachment.text ?? attachment.fallback ?? "");
  return h("div", { class: "attachment", style: color }, inner);
}

function contextOf(message, blocks = message.blocks) {
  return {
    form: Form.of(`${session.as}:${session.channelId}:${message.ts}`),
    blocks,
    container: {
      type: "message", channel: session.channelId, ts: message.ts, thread_ts: message.thread_ts ?? null, ephemeral: Boolean(message.ephemeral),
    },
  };
}

function fileNode(file) {
  const address = file.url_private ?? file.url;
  const title = file.title || file.name;
  if (file.mimetype?.startsWith("image/")) {
    return h("figure", { class: "file-image" }, h("figcaption", {}, title),
      h("a", { href: address, target: "_blank", rel: "noopener", "aria-label": t("file.open", { name: title }) }, h("img", { class: "picture", src: address, alt: file.alt_txt || title })));
  }
  return h("a", { class: "file-card", href: address, target: "_blank", rel: "noopener", "aria-label": t("file.open", { name: title }) },
    h("span", { class: "file-icon" }, icon("file")), h("span", {}, h("b", {}, title), h("span", { class: "muted" }, `${file.name} · ${size(file.size)}`)));
}

function size(bytes = 0) {
  return bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(bytes < 10240 ? 1 : 0)} kB`;
}

function reactions(message) {
  if (!message.reactions?.length) return null;
  return h("div", { class: "reactions" }, message.reactions.map((one) => {
    const mine = one.users.includes(me().id);
    const names = one.users.map(personName).join(", ");
    return h("button", {
      type: "button", class: `reaction ${mine ? "mine" : ""}`, title: `${names} :${one.name}:`, "aria-label": `:${one.name}: ${one.users.length}, ${names}`,
      "aria-pressed": String(mine), on: { click: () => react(message, one.name) },
    }, emojiNode(one.name), " ", one.users.length);
  }));
}

function react(message, name) {
  if (features().includes("react")) post("react", { channel: session.channelId, ts: message.ts, name });
}

function threadLine(message) {
  if (!message.reply_count) return null;
  const label = message.reply_count === 1 ? t("message.reply") : t("message.replies", { count: message.reply_count });
  const latest = Number(message.latest_reply);
  const when = latest && h("span", { class: "thread-when" }, t("message.lastReply", { when: "" }),
    h("time", { data: { unix: latest, pattern: "{ago}" } }));
  const faces = (message.reply_users ?? []).slice(0, 4).map((id) => avatar(person(id) ?? (id === app()?.user_id ? app() : { id }), "tiny"));
  return h("button", { type: "button", class: "thread-line", on: { click: () => openThread(message.ts) } },
    h("span", { class: "faces" }, faces), h("b", {}, label), when);
}

function toolbar(message, inThread) {
  if (message.ephemeral) return null;
  const quick = features().includes("react") ? ["white_check_mark", "eyes", "raised_hands"] : [];
  return h("div", { class: "hoverbar", role: "toolbar" },
    quick.map((name) => h("button", {
      type: "button", class: "icon-button", tabindex: "-1", title: t("message.react", { name: `:${name}:` }), "aria-label": t("message.react", { name: `:${name}:` }),
      on: { click: () => react(message, name) },
    }, emojiNode(name))),
    !inThread && iconButton("message", t("message.replyIn"), () => openThread(message.thread_ts ?? message.ts), { tabindex: "-1" }),
    iconButton("link", t("message.copyLink"), () => copyLink(message), { tabindex: "-1" }));
}

async function copyLink(message) {
  await navigator.clipboard.writeText(location.origin + permalink(message)).then(() => toast(t("message.copied")), () => {});
}

/** On a message that has the focus: T opens the thread, the arrows walk, as in Slack. */
function shortcut(event, message, inThread) {
  if (event.target !== event.currentTarget) return;
  if ((event.key === "t" || event.key === "ArrowRight") && !inThread && !message.ephemeral) {
    event.preventDefault();
    openThread(message.thread_ts ?? message.ts);
  }
}
