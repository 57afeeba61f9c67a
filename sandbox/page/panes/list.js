/** A list of messages with day lines, grouping and the mark of what is new; keeps its place while it grows. */

import { dayDivider, isoDay } from "../lib/dates.js";
import { h, reconcile } from "../lib/dom.js";
import { features, session } from "../lib/session.js";
import { flat, refreshDates } from "../lib/text.js";
import { locale, t, zone } from "../lib/words.js";
import { author, messageNode } from "./message.js";
import { notice } from "./notice.js";

// Slack folds messages of one author together within five minutes.
const FOLD_SECONDS = 300;

/** Rows for reconcile(): days, the "new" line and messages with their place in a group. */
function rows(messages, { lastRead, inThread }) {
  const made = [];
  let before = null;
  let newShown = !lastRead;
  for (const message of messages) {
    const day = isoDay(Number(message.ts));
    const newDay = !before || isoDay(Number(before.ts)) !== day;
    if (newDay && !inThread) made.push({ key: `day:${day}`, day: Number(message.ts) });
    const unread = !newShown && Number(message.ts) > Number(lastRead) && message.user !== session.as && !message.ephemeral;
    if (unread) {
      made.push({ key: "new", fresh: true });
      newShown = true;
    }
    made.push({ key: `${message.ts}${message.ephemeral ? "e" : ""}`, message, compact: !newDay && !unread && !(inThread && before === messages[0]) && folds(before, message) });
    before = message;
  }
  return made;
}

function folds(before, message) {
  if (!before || before.ephemeral || message.ephemeral || message.pinned || notice(before) || notice(message)) return false;
  if (author(before).name !== author(message).name || before.user !== message.user) return false;
  return Number(message.ts) - Number(before.ts) < FOLD_SECONDS;
}

let context = "";
let version = 0;

/** Goes up when something changes that every message may show: names, language, zone. */
function contextVersion() {
  const { people, groups, channels } = session.state;
  const names = channels.map((one) => [one.id, one.name]);
  const now = JSON.stringify([session.as, locale(), zone(), people, groups, names, features()]);
  if (now !== context) version += 1;
  context = now;
  return ` ${version}`;
}

/** Draws `messages` into `scroller` (the element that scrolls); stays at the end when it was there. */
export function drawList(scroller, messages, { label, lastRead = null, inThread = false, start = null }) {
  let list = scroller.querySelector(".messages");
  if (!list) {
    list = h("div", { class: "messages", role: "list", on: { keydown: walk } });
    scroller.append(list);
    holdEnd(scroller, list);
  }
  const atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 80;
  const shared = contextVersion();
  list.setAttribute("aria-label", label);
  const made = [...(start ? [{ key: "start", start }] : []), ...rows(messages, { lastRead, inThread })];
  reconcile(list, made, {
    key: (row) => row.key,
    sign: (row) => (row.start ? row.start.sign : row.day ? dayDivider(row.day) + shared : JSON.stringify([row.message, row.compact]) + shared),
    render: (row) => rowNode(row, inThread),
  });
  roving(list);
  refreshDates(list);
  if (atEnd) scroller.scrollTop = scroller.scrollHeight;
  return atEnd;
}

/** Pictures that load late and a window that shrinks must not push the end out of sight. */
function holdEnd(scroller, list) {
  let atEnd = true;
  scroller.addEventListener("scroll", () => { atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 80; });
  const watcher = new ResizeObserver(() => { if (atEnd) scroller.scrollTop = scroller.scrollHeight; });
  watcher.observe(list);
  watcher.observe(scroller);
}

function rowNode(row, inThread) {
  if (row.start) return row.start.node();
  if (row.day) return h("div", { class: "day", role: "separator" }, h("span", {}, dayDivider(row.day)));
  if (row.fresh) return h("div", { class: "new-line", role: "separator" }, h("span", {}, t("message.new")));
  const node = messageNode(row.message, { compact: row.compact, inThread });
  const said = notice(row.message) ?? `: ${flat(row.message.text ?? "").slice(0, 120)}`;
  node.setAttribute("aria-label", `${node.dataset.author}${said}`);
  return node;
}

const messagesOf = (list) => [...list.querySelectorAll(".message")];

/** One message takes part in the Tab order; the arrows go from one to the next. */
function roving(list) {
  const all = messagesOf(list);
  const held = all.find((node) => node === document.activeElement) ?? all.at(-1);
  for (const node of all) node.tabIndex = node === held ? 0 : -1;
}

function walk(event) {
  const all = messagesOf(event.currentTarget);
  const at = all.indexOf(event.target);
  const next = all[at + ({ ArrowUp: -1, ArrowDown: 1 }[event.key] ?? NaN)];
  if (at === -1 || !next) return;
  event.preventDefault();
  all[at].tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}
