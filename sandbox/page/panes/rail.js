/** The narrow strip at the far left: workspace, the app's Home, tour, theme, a fresh start. */

import { goTo, startAfresh } from "../app.js";
import { failure } from "../lib/act.js";
import { on } from "../lib/bus.js";
import { ask } from "../lib/dialog.js";
import { h, reconcile } from "../lib/dom.js";
import { icon } from "../lib/icons.js";
import { post } from "../lib/http.js";
import { app, currentChannel, isAppChannel, session } from "../lib/session.js";
import { isDark, toggleTheme } from "../lib/theme.js";
import { toast } from "../lib/toast.js";
import { locale, t } from "../lib/words.js";
import { toggleGuide } from "./guide.js";
import { setDrawer } from "./sidebar.js";

export function startRail() {
  on("state", draw);
  on("place", draw);
  draw();
}

function entries() {
  const atApp = isAppChannel(currentChannel());
  return [
    { id: "team", team: session.state.team.name },
    { id: "channels", icon: "messages", label: t("section.channels"), active: !atApp, run: showChannels },
    app() && { id: "app", icon: "home", label: app().name, active: atApp, run: showApp },
    session.state.guide && { id: "guide", icon: "compass", label: t("guide.open"), run: toggleGuide },
    { id: "gap" },
    { id: "theme", icon: isDark() ? "sun" : "moon", label: t(isDark() ? "theme.light" : "theme.dark"), run: () => { toggleTheme(); draw(); } },
    { id: "reset", icon: "refresh", label: t("reset.label"), run: reset },
  ].filter(Boolean);
}

function draw() {
  reconcile(document.getElementById("rail"), entries(), {
    key: (entry) => entry.id,
    sign: (entry) => JSON.stringify([entry, locale()]),
    render: drawEntry,
  });
}

function drawEntry(entry) {
  if (entry.team) return h("div", { class: "rail-team", title: entry.team, "aria-hidden": "true" }, entry.team[0]);
  if (!entry.run) return h("span", { class: "rail-gap" });
  return h("button", {
    type: "button", class: `rail-item ${entry.active ? "active" : ""}`, title: entry.label, data: { focus: entry.id },
    "aria-current": entry.active ? "page" : null, on: { click: entry.run },
  }, h("span", { class: "rail-icon" }, icon(entry.icon)), h("span", { class: "rail-label" }, entry.label));
}

function showChannels() {
  const last = session.state.channels.find((one) => one.id === session.lastChannel) ?? session.state.channels.find((one) => !one.is_im && one.is_member);
  if (last && isAppChannel(currentChannel())) goTo(last.id);
}

function showApp() {
  const home = session.state.channels.find(isAppChannel);
  setDrawer(false);
  if (home) goTo(home.id, { tab: "home" });
}

async function reset() {
  const sure = await ask({ title: t("reset.label"), text: t("reset.ask"), confirm: t("reset.label"), deny: t("button.cancel"), danger: true });
  if (!sure) return;
  const answer = await post("reset");
  if (answer.ok) startAfresh();
  else toast(failure(answer.error), { bad: true });
}
