/** The card of a person: who they are, what time it is for them, and a way to become them. */

import { become } from "../app.js";
import { avatar } from "../lib/avatar.js";
import { now } from "../lib/clock.js";
import { clockTime } from "../lib/dates.js";
import { h } from "../lib/dom.js";
import { icon } from "../lib/icons.js";
import { closePopup, showPopup } from "../lib/popup.js";
import { app, person, session } from "../lib/session.js";
import { t } from "../lib/words.js";

/** Opens on a click on an author or a mention: anything that carries data-user. */
export function startProfiles() {
  document.addEventListener("click", (event) => {
    const anchor = event.target.closest("[data-user]");
    const one = anchor && (person(anchor.dataset.user) ?? null);
    if (one) showPopup(anchor, card(one), { label: one.real_name, role: "dialog" });
  });
}

function card(one) {
  const shown = one.is_bot ? { ...app(), title: app().description } : one;
  const act = () => {
    closePopup();
    become(one.id);
  };
  return h("div", { class: "profile" },
    h("div", { class: "profile-head" }, avatar(shown, "large"),
      h("div", {}, h("b", { class: "profile-name" }, shown.real_name || shown.name), one.is_bot && h("span", { class: "badge" }, t("app.badge")),
        h("div", { class: "muted" }, shown.title))),
    !one.is_bot && h("div", { class: "profile-line" }, icon("clock"), t("profile.time", { time: clockTime(now(), one.tz) })),
    !one.is_bot && one.id !== session.as && h("button", { type: "button", class: "button", on: { click: act } }, t("guide.act", { name: one.real_name })));
}
