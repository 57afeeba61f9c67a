/** The bar on top: history, search, clock, the person one acts as. */

import { on } from "../lib/bus.js";
import { fill, h, iconButton } from "../lib/dom.js";
import { icon } from "../lib/icons.js";
import { me, session } from "../lib/session.js";
import { t } from "../lib/words.js";
import { clockBar } from "./clockbar.js";
import { personaButton } from "./persona.js";
import { shopButton } from "./shop.js";
import { openSwitcher } from "./switcher.js";
import { setDrawer } from "./sidebar.js";

export function startTopbar() {
  on("state", draw);
  draw();
}

let drawn = null;

function draw() {
  // The clock moves by itself; a new bar is needed only for another reader, language or zone.
  const signature = JSON.stringify([me(), session.state.team, Boolean(session.state.shop)]);
  if (signature === drawn) return;
  drawn = signature;
  fill(document.getElementById("topbar"),
    h("div", { class: "topbar-left" },
      iconButton("menu", t("nav.menu"), () => setDrawer(true), { class: "only-narrow" }),
      iconButton("back", t("nav.back"), () => history.back(), { class: "only-wide" }),
      iconButton("forward", t("nav.forward"), () => history.forward(), { class: "only-wide" })),
    h("button", { type: "button", class: "searchbar", "aria-keyshortcuts": "Control+K Meta+K", on: { click: openSwitcher } },
      icon("search"), h("span", { class: "searchbar-text" }, t("switcher.search", { team: session.state.team.name })), h("kbd", { class: "only-wide" }, /Mac/.test(navigator.userAgent) ? "⌘ K" : "Ctrl K")),
    h("div", { class: "topbar-right" }, shopButton(), clockBar(), personaButton()));
}
