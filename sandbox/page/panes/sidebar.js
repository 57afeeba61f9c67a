/** Channels, direct messages and apps. */

import { goTo } from "../app.js";
import { on } from "../lib/bus.js";
import { fill, h, iconButton, reconcile } from "../lib/dom.js";
import { icon } from "../lib/icons.js";
import { channelTitle, currentChannel, isAppChannel, person, app, session } from "../lib/session.js";
import { isKorean, t } from "../lib/words.js";
import { avatar } from "../lib/avatar.js";

export function startSidebar() {
  on("state", draw);
  on("place", () => {
    draw();
    setDrawer(false);
    if (!isAppChannel(currentChannel())) session.lastChannel = session.channelId;
  });
  document.getElementById("shade").addEventListener("click", () => setDrawer(false));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && document.getElementById("app").classList.contains("drawer")) setDrawer(false);
  });
  draw();
}

/** On a narrow screen the sidebar is a drawer. */
export function setDrawer(open) {
  const root = document.getElementById("app");
  if (root.classList.contains("drawer") === open) return;
  root.classList.toggle("drawer", open);
  if (open) document.querySelector(".sidebar [aria-current], .sidebar button")?.focus();
}

function sections() {
  const all = session.state.channels;
  const visible = (one) => !one.archived || one.id === session.channelId || one.is_member;
  const byName = (a, b) => channelTitle(a).localeCompare(channelTitle(b));
  return [
    { id: "channels", rows: all.filter((one) => !one.is_im && visible(one)).sort((a, b) => Number(a.archived) - Number(b.archived) || byName(a, b)) },
    { id: "dms", rows: all.filter((one) => one.is_im && !isAppChannel(one)).sort(byName) },
    { id: "apps", rows: all.filter(isAppChannel) },
  ].filter((section) => section.rows.length);
}

function draw() {
  const sidebar = document.getElementById("sidebar");
  if (!sidebar.firstChild) fill(sidebar, h("div", { class: "sidebar-head" }), h("div", { class: "sidebar-scroll" }));
  const [head, scroll] = sidebar.children;
  sidebar.setAttribute("aria-label", t("nav.menu"));
  fill(head, h("span", { class: "team-name" }, session.state.team.name), iconButton("close", t("button.close"), () => setDrawer(false), { class: "only-narrow" }));
  reconcile(scroll, sections(), { key: (section) => section.id, sign: () => "", render: drawSection });
  for (const section of sections()) fillSection(scroll.querySelector(`[data-section="${section.id}"]`), section);
  const unread = session.state.channels.reduce((sum, one) => sum + (one.mention_count || 0), 0);
  document.title = `${unread ? `(${unread}) ` : ""}${currentChannel() ? channelTitle(currentChannel()) : ""} – ${session.state.team.name}`;
}

function drawSection(section) {
  const list = h("ul", { class: "side-list" });
  const toggle = h("button", { type: "button", class: "side-title", "aria-expanded": "true", on: { click: () => {
    list.hidden = !list.hidden;
    toggle.setAttribute("aria-expanded", String(!list.hidden));
  } } }, icon("chevron"), h("span", {}));
  return h("div", { class: "side-section", data: { section: section.id } }, toggle, list);
}

function fillSection(node, section) {
  node.querySelector(".side-title span").textContent = t(`section.${section.id}`);
  reconcile(node.querySelector("ul"), section.rows, {
    key: (one) => one.id,
    sign: (one) => JSON.stringify([one, one.id === session.channelId, isKorean(), channelTitle(one)]),
    render: row,
  });
}

function row(one) {
  const here = one.id === session.channelId;
  const loud = one.unread > 0 || one.mention_count > 0;
  const name = channelTitle(one);
  const marks = ["side-row", here && "active", loud && !here && "unread", !one.is_im && !one.is_member && "outside", one.archived && "archived"];
  return h("li", {}, h("button", {
    type: "button", class: marks.filter(Boolean).join(" "), "aria-current": here ? "page" : null, data: { focus: one.id },
    on: { click: () => goTo(one.id, { tab: isAppChannel(one) && one.unread ? "messages" : null }) },
  }, mark(one), h("span", { class: "side-name" }, name),
  loud && !here && h("span", { class: "sr-only" }, ` (${t("unread.some")})`),
  one.mention_count > 0 && !here && h("span", { class: "count", "aria-label": t("unread.mentions", { count: one.mention_count }) }, one.mention_count)));
}

function mark(one) {
  if (isAppChannel(one)) return avatar(app(), "tiny");
  if (one.is_im) return avatar(person(one.with), "tiny");
  return icon(one.is_private ? "lock" : "hash");
}
