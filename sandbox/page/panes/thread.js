/** The thread beside the channel. */

import { closeThread } from "../app.js";
import { on } from "../lib/bus.js";
import { fill, h, iconButton } from "../lib/dom.js";
import { currentChannel, channelTitle, session } from "../lib/session.js";
import { isKorean, t } from "../lib/words.js";
import { Composer } from "./composer.js";
import { drawList } from "./list.js";

let shownFor = null;

export function startThread() {
  on("thread", draw);
  on("place", draw);
  on("state", draw);
  on("persona", () => { shownFor = null; });
  on("sent", toEnd);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented && document.getElementById("thread").contains(document.activeElement)) leave();
  });
}

const scroller = () => document.querySelector("#thread .scroller");

function toEnd() {
  if (scroller()) scroller().scrollTop = scroller().scrollHeight;
}

function leave() {
  closeThread();
  document.querySelector(".channel-foot textarea")?.focus({ preventScroll: true });
}

function draw() {
  const pane = document.getElementById("thread");
  const here = currentChannel();
  const open = Boolean(session.threadTs && here);
  pane.hidden = !open;
  document.getElementById("app").classList.toggle("with-thread", open);
  if (!open) {
    if (shownFor) fill(pane);
    shownFor = null;
    return;
  }
  const key = JSON.stringify([session.as, here.id, session.threadTs, isKorean()]);
  const fresh = key !== shownFor;
  if (fresh) frame(pane, here);
  shownFor = key;
  if (!session.thread) return;
  const before = scroller().querySelectorAll(".message").length;
  const [parent, ...replies] = session.thread.messages;
  drawList(scroller(), [parent, ...replies], { label: t("thread.title"), inThread: true });
  if (fresh || before === 0) {
    toEnd();
    pane.querySelector("textarea")?.focus({ preventScroll: true });
  }
  const count = replies.length;
  pane.querySelector(".thread-count").textContent = count === 0 ? "" : count === 1 ? t("thread.reply") : t("thread.replies", { count });
}

function frame(pane, here) {
  pane.setAttribute("aria-label", t("thread.title"));
  const composer = new Composer(() => ({ channel: session.channelId, threadTs: session.threadTs }), t("composer.reply"));
  fill(pane,
    h("header", { class: "thread-header" },
      h("div", {}, h("h2", {}, t("thread.title")), h("div", { class: "muted thread-place" }, here.is_im ? channelTitle(here) : `#${here.name}`, " ", h("span", { class: "thread-count" }))),
      iconButton("close", t("thread.close"), leave)),
    h("div", { class: "scroller" }),
    composer.node);
}
