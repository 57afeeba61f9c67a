/** Ctrl/Cmd + K: jump to a channel, a conversation or the app by a few letters. */

import { goTo } from "../app.js";
import { avatar } from "../lib/avatar.js";
import { openDialog } from "../lib/dialog.js";
import { fill, h } from "../lib/dom.js";
import { icon } from "../lib/icons.js";
import { app, channelTitle, isAppChannel, person, session } from "../lib/session.js";
import { t } from "../lib/words.js";

let open = null;

export function startSwitcher() {
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      openSwitcher();
    }
  });
}

export function openSwitcher() {
  if (open || document.querySelector("dialog[open]")) return;
  let at = 0;
  let shown = [];
  const field = h("input", {
    type: "text", class: "filter", role: "combobox", "aria-expanded": "true", "aria-controls": "switcher-list", "aria-label": t("switcher.hint"),
    placeholder: t("switcher.hint"), autocomplete: "off", on: { input: () => { at = 0; draw(); }, keydown },
  });
  const list = h("div", { role: "listbox", id: "switcher-list", class: "options", "aria-label": t("switcher.label") });
  const close = () => open?.close();

  function draw() {
    const wanted = field.value.trim().replace(/^[#@]/, "").toLowerCase();
    shown = session.state.channels.filter((one) => channelTitle(one).toLowerCase().includes(wanted)).sort(order);
    fill(list, shown.map((one, index) => h("div", {
      role: "option", id: `switch-${index}`, class: `option ${index === at ? "active" : ""}`, "aria-selected": String(index === at), on: { click: () => go(one) },
    }, mark(one), h("span", { class: "option-text" }, channelTitle(one), one.topic && h("span", { class: "option-note" }, one.topic)))),
    !shown.length && h("div", { class: "options-title" }, t("select.none")));
    field.setAttribute("aria-activedescendant", shown.length ? `switch-${at}` : "");
    list.querySelector(".active")?.scrollIntoView({ block: "nearest" });
  }

  function keydown(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && shown.length) {
      at = (at + step + shown.length) % shown.length;
      draw();
    } else if (event.key === "Enter" && shown[at]) {
      go(shown[at]);
    } else {
      return;
    }
    event.preventDefault();
  }

  function go(one) {
    close();
    goTo(one.id);
  }

  open = openDialog({ title: t("switcher.label"), body: [h("div", { class: "filter-box" }, icon("search"), field), list], kind: "switcher light", onDismiss: close });
  open.addEventListener("close", () => { open = null; });
  draw();
  field.focus();
}

const order = (a, b) => Number(Boolean(b.unread)) - Number(Boolean(a.unread)) || Number(a.is_im) - Number(b.is_im) || channelTitle(a).localeCompare(channelTitle(b));

function mark(one) {
  if (isAppChannel(one)) return avatar(app(), "tiny");
  return one.is_im ? avatar(person(one.with), "tiny") : icon(one.is_private ? "lock" : "hash");
}
