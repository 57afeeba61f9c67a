/** The shop that Naru deploys to and measures: what it runs, how its next version behaves, lines for a terminal. */

import { failure } from "../lib/act.js";
import { on } from "../lib/bus.js";
import { fill, h, iconButton } from "../lib/dom.js";
import { icon } from "../lib/icons.js";
import { post } from "../lib/http.js";
import { showPopup } from "../lib/popup.js";
import { session } from "../lib/session.js";
import { toast } from "../lib/toast.js";
import { locale, pick, t } from "../lib/words.js";

const CALLS = { gate: "shop.gate", reading: "shop.reading", release: "shop.release" };
const PLACES = { production: "shop.production", staging: "shop.staging" };

let panel = null;
let drawn = null;

export function startShop() {
  on("state", refresh);
  on("shop", () => document.querySelector(".shop-face")?.click());
}

const shop = () => session.state.shop;
const hurts = () => shop().production.some((one) => one.fails);

export function shopButton() {
  if (!shop()) return null;
  const button = h("button", {
    type: "button", class: "shop-face", "aria-haspopup": "dialog", "aria-expanded": "false", "aria-label": t("shop.label"), title: t("shop.label"),
    on: { click: () => open(button) },
  }, icon("shop"), h("span", { class: "shop-name" }, t("shop.title")), h("span", { class: "shop-mark" }));
  button.classList.toggle("hurts", hurts());
  return button;
}

function open(button) {
  panel = h("div", { class: "shop-panel" });
  drawn = null;
  draw();
  showPopup(button, panel, { align: "end", label: t("shop.label"), role: "dialog", onClose: () => { panel = null; } });
}

function refresh() {
  if (!shop()) return;
  document.querySelector(".shop-face")?.classList.toggle("hurts", hurts());
  if (panel) draw();
}

function draw() {
  const signature = JSON.stringify([shop(), locale()]);
  if (signature === drawn) return;
  drawn = signature;
  const held = panel.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
  fill(panel, h("p", { class: "shop-note" }, t("shop.note")), running(), next(), shop().calls && calls());
  if (held) panel.querySelector(`[data-focus="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
}

function running() {
  const { production, staging, deploying } = shop();
  return h("section", {}, h("h3", {}, t("shop.production")),
    h("div", { class: "shop-bar", "aria-hidden": "true" }, production.map((one, index) => h("span", { class: one.fails ? "fails" : index ? "new" : "", style: { width: `${one.percent}%` } }))),
    h("ul", {}, production.map((one) => row(one.version, t("shop.users", { percent: one.percent }), one.fails && t("shop.failing")))),
    h("h3", {}, t("shop.staging")), h("ul", {}, row(staging)),
    deploying.length > 0 && [h("h3", {}, t("shop.deploying")),
      h("ul", {}, deploying.map((one) => row(one.version, `${t(PLACES[one.environment])} · ${one.percent} %`)))]);
}

function row(version, text, warning) {
  return h("li", { class: "shop-row" }, h("b", {}, `v${version}`), text && h("span", {}, text), warning && h("span", { class: "shop-fails" }, icon("alert"), warning));
}

function next() {
  const choice = (fails, key) => h("button", {
    type: "button", class: "button toggle", "aria-pressed": String(shop().fails_next === fails), data: { focus: key }, on: { click: () => choose(fails) },
  }, t(key));
  return h("section", {}, h("h3", { id: "shop-next" }, t("shop.next")),
    h("div", { class: "clock-row", role: "group", "aria-labelledby": "shop-next" }, choice(false, "shop.good"), choice(true, "shop.fails")),
    h("p", { class: "shop-note" }, t("shop.nextNote")));
}

async function choose(fails) {
  const answer = await post("shop", { fails });
  if (!answer.ok) toast(failure(answer.error), { bad: true });
}

function calls() {
  const { token, lines } = shop().calls;
  return h("section", {}, h("h3", {}, t("shop.calls")), h("p", { class: "shop-note" }, t("shop.callsNote")),
    line("token", t("shop.token"), token), Object.entries(pick(lines)).map(([id, text]) => line(id, t(CALLS[id]), text)));
}

function line(id, label, text) {
  return h("div", { class: "shop-call" }, h("div", { class: "shop-call-head" }, h("span", {}, label), iconButton("copy", t("shop.copy", { what: label }), () => copy(text), { data: { focus: id } })),
    h("pre", { class: "shop-line", tabindex: "0" }, text));
}

async function copy(text) {
  await navigator.clipboard.writeText(text).then(() => toast(t("shop.copied")), () => {});
}
