/** The guided tour: what to do next, as whom; the server says which steps are done. */

import { become, goTo } from "../app.js";
import { emit, on } from "../lib/bus.js";
import { fill, h, iconButton } from "../lib/dom.js";
import { icon } from "../lib/icons.js";
import { channelTitle, currentChannel, isAppChannel, me, personName, session } from "../lib/session.js";
import { mrkdwn } from "../lib/text.js";
import { toast } from "../lib/toast.js";
import { locale, pick, t } from "../lib/words.js";
import { avatar } from "../lib/avatar.js";
import { setDrawer } from "./sidebar.js";

let opened = null; // the step somebody looks at; null follows the first one not done
let drawn = null;

export function startGuide() {
  on("state", draw);
  on("place", draw);
  on("thread", draw);
  fold();
  draw();
}

/** A narrow screen shows the tour as one line until it is asked for, so that the box stays in sight. */
function fold() {
  if (matchMedia("(max-width: 760px)").matches) document.getElementById("guide").classList.add("folded");
}

const hidden = () => localStorage.getItem("guide") === "hidden";

export function toggleGuide() {
  const panel = document.getElementById("guide");
  localStorage.setItem("guide", hidden() ? "shown" : "hidden");
  panel.classList.remove("folded");
  setDrawer(false);
  drawn = null;
  draw();
}

const who = (key) => session.state.people.find((one) => one.id === key || one.name === key);
const where = (key) => session.state.channels.find((one) => one.id === key || one.name === String(key ?? "").replace(/^#/, ""));

function draw() {
  const steps = session.state.guide;
  const panel = document.getElementById("guide");
  panel.hidden = !steps?.length || hidden();
  if (panel.hidden) return;
  const signature = JSON.stringify([steps, steps.map((step) => where(step.channel)?.id), session.as, session.channelId, session.tab, session.threadTs, locale(), opened]);
  if (signature === drawn) return;
  drawn = signature;
  const current = steps.find((step) => !step.done);
  const done = steps.filter((step) => step.done).length;
  panel.setAttribute("aria-label", t("guide.title"));
  fill(panel,
    h("div", { class: "guide-head" },
      h("button", { type: "button", class: "guide-title", on: { click: () => panel.classList.toggle("folded") } }, icon("compass"),
        h("span", { class: "guide-name" }, t("guide.title")), h("span", { class: "guide-next" }, current ? pick(current.title) : ""),
        h("span", { class: "guide-count" }, t("guide.progress", { done, total: steps.length }))),
      iconButton("close", t("guide.dismiss"), toggleGuide)),
    h("div", { class: "guide-bar", role: "progressbar", "aria-valuenow": done, "aria-valuemin": 0, "aria-valuemax": steps.length, "aria-label": t("guide.title") },
      h("span", { style: { width: `${(done / steps.length) * 100}%` } })),
    h("ol", { class: "guide-steps" }, steps.map((step, index) => stepNode(step, index, step.id === (opened ?? current?.id)))),
    !current && h("p", { class: "guide-end" }, t("guide.finished")));
  panel.querySelector(".guide-step.open")?.scrollIntoView({ block: "nearest" });
}

function stepNode(step, index, open) {
  const toggle = () => {
    opened = open ? "" : step.id;
    draw();
  };
  return h("li", { class: `guide-step ${step.done ? "done" : ""} ${open ? "open" : ""}` },
    h("button", { type: "button", class: "guide-step-title", "aria-expanded": String(open), on: { click: toggle }, data: { focus: step.id } },
      h("span", { class: "guide-mark" }, step.done ? icon("check") : index + 1), h("span", {}, pick(step.title)),
      step.done && h("span", { class: "sr-only" }, ` (${t("guide.done")})`)),
    open && h("div", { class: "guide-body" }, h("div", {}, mrkdwn(pick(step.text), { loose: true })), actions(step)));
}

/** Become the right person, go to the right place, have the command in the box: one click each. */
function actions(step) {
  const one = who(step.as);
  const place = where(step.channel);
  return h("div", { class: "guide-actions" },
    one && (one.id === me().id
      ? h("span", { class: "guide-you" }, icon("check"), t("guide.isYou", { name: personName(one.id) }))
      : h("button", { type: "button", class: "button primary", on: { click: () => actAs(one, place, step.thread) } }, avatar(one, "tiny"), t("guide.act", { name: personName(one.id) }))),
    place && place.id !== session.channelId && h("button", { type: "button", class: "button", on: { click: () => goTo(place.id) } },
      t("guide.channel", { name: place.is_im ? channelTitle(place) : `#${place.name}` })),
    place && step.thread && step.thread !== session.threadTs && h("button", { type: "button", class: "button", on: { click: () => goTo(place.id, { threadTs: step.thread }) } }, t("guide.thread")),
    step.open && h("button", { type: "button", class: "button", on: { click: () => emit("shop") } }, icon("shop"), t("shop.open")),
    step.command && [h("code", { class: "guide-command" }, step.command),
      h("button", { type: "button", class: "button", on: { click: () => copy(step, one, place) } }, icon("copy"), t("guide.copy"))]);
}

async function actAs(one, place, threadTs) {
  opened = null;
  await become(one.id);
  if (place && where(place.id)) await goTo(place.id, { threadTs });
  fold();
}

async function copy(step, one, place) {
  if (one && one.id !== me().id) await become(one.id);
  if (place && place.id !== session.channelId) await goTo(place.id);
  if (isAppChannel(currentChannel()) && session.tab === "home") await goTo(session.channelId, { tab: "messages" });
  fold();
  emit("compose", step.command);
  toast(t("guide.copied"));
}
