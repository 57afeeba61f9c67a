/** Who one acts as, with that person's language and time zone. */

import { become, loadState } from "../app.js";
import { failure } from "../lib/act.js";
import { h } from "../lib/dom.js";
import { icon } from "../lib/icons.js";
import { post } from "../lib/http.js";
import { arrowKeys, closePopup, showPopup } from "../lib/popup.js";
import { me, personName, session } from "../lib/session.js";
import { toast } from "../lib/toast.js";
import { locale, t, zone } from "../lib/words.js";
import { avatar } from "../lib/avatar.js";

const LANGUAGES = [["ko-KR", "한국어"], ["en-US", "English (US)"], ["en-GB", "English (UK)"]];

export function personaButton() {
  const one = me();
  const label = t("persona.switch", { name: personName(one.id), title: one.title });
  const button = h("button", {
    type: "button", class: "persona", "aria-haspopup": "dialog", "aria-expanded": "false", "aria-label": label, title: label,
    on: { click: () => showPopup(button, panel(), { align: "end", label: t("persona.actAs"), role: "dialog", focus: null }) },
  }, avatar(one, "small"),
  h("span", { class: "persona-text" }, h("span", { class: "persona-name" }, personName(one.id)), h("span", { class: "persona-title" }, one.title)),
  icon("chevron"));
  return button;
}

function panel() {
  const people = session.state.people.filter((one) => !one.is_bot);
  const rows = people.map(row);
  return h("div", { class: "persona-panel" },
    h("p", { class: "persona-note" }, t("persona.note")),
    h("div", { role: "radiogroup", "aria-label": t("persona.actAs"), class: "persona-list", on: { keydown: (event) => arrowKeys(event, rows) } }, rows),
    h("div", { class: "persona-preferences" },
      preference(t("persona.language"), languages(), locale(), (value) => prefer({ locale: value })),
      preference(t("persona.zone"), zones(), zone(), (value) => prefer({ tz: value }))));
}

function row(one) {
  const mark = one.is_stranger ? t("persona.stranger") : one.is_guest ? t("persona.guest") : null;
  return h("button", {
    type: "button", role: "radio", class: "persona-row", "aria-checked": String(one.id === session.as),
    on: { click: () => { closePopup(); become(one.id); } },
  }, avatar(one, "small"),
  h("span", { class: "persona-text" },
    h("span", { class: "persona-name" }, personName(one.id), mark && h("span", { class: "badge" }, mark)),
    h("span", { class: "persona-title" }, [one.title, cityOf(one.tz)].filter(Boolean).join(" · "))),
  one.id === session.as && icon("check"));
}

const cityOf = (tz) => tz?.split("/").at(-1).replaceAll("_", " ");

function languages() {
  return LANGUAGES.some(([code]) => code === locale()) ? LANGUAGES : [...LANGUAGES, [locale(), locale()]];
}

function zones() {
  const known = Intl.supportedValuesOf("timeZone");
  const all = known.includes(zone()) ? known : [zone(), ...known];
  return all.map((name) => [name, name.replaceAll("_", " ")]);
}

function preference(label, options, held, choose) {
  const menu = h("select", { class: "native-select", on: { change: () => choose(menu.value) } },
    options.map(([value, text]) => h("option", { value, selected: value === held }, text)));
  menu.value = held;
  return h("label", { class: "preference" }, h("span", {}, label), menu);
}

/** As Slack's preferences do: the app hears of it by user_change, the page speaks the new language at once. */
async function prefer(change) {
  const answer = await post("persona", change);
  if (!answer.ok) toast(failure(answer.error), { bad: true });
  closePopup();
  await loadState();
}
