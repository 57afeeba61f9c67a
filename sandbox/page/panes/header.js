/** The channel's name, topic, members, pins and bookmarks; for the app its tabs. */

import { goTo } from "../app.js";
import { avatar } from "../lib/avatar.js";
import { fill, h } from "../lib/dom.js";
import { withEmoji } from "../lib/emoji.js";
import { icon } from "../lib/icons.js";
import { post } from "../lib/http.js";
import { arrowKeys, closePopup, showPopup } from "../lib/popup.js";
import { archiveLink, isAddress } from "../lib/route.js";
import { app, channelTitle, currentChannel, isAppChannel, me, person, personName, session } from "../lib/session.js";
import { flat, mrkdwn } from "../lib/text.js";
import { isKorean, t } from "../lib/words.js";
import { emit } from "../lib/bus.js";

let drawn = null;

export function drawHeader(header) {
  const here = currentChannel();
  if (!here) return;
  const data = session.channel?.id === here.id ? session.channel : null;
  const pins = (data?.messages ?? []).filter((one) => one.pinned);
  const signature = JSON.stringify([here, session.tab, data?.members, data?.bookmarks, pins, isKorean(), me(), app(), session.state.people]);
  if (signature === drawn) return;
  drawn = signature;
  fill(header, h("div", { class: "header-row" }, title(here), h("div", { class: "header-right" }, !here.is_im && members(here, data))),
    isAppChannel(here) && tabs(here),
    !isAppChannel(here) && (pins.length > 0 || data?.bookmarks?.length > 0) && h("div", { class: "bookmarks" }, pins.length > 0 && pinButton(pins), (data.bookmarks ?? []).map(bookmark)));
}

function title(here) {
  const one = isAppChannel(here) ? app() : person(here.with);
  const name = channelTitle(here);
  return h("div", { class: "header-title" },
    h("h1", {}, here.is_im ? avatar(one, "small") : icon(here.is_private ? "lock" : "hash"), h("span", {}, name)),
    here.topic && h("div", { class: "topic", title: flat(here.topic) }, mrkdwn(here.topic)));
}

function tabs(here) {
  const names = ["home", "messages"];
  const buttons = names.map((name) => h("button", {
    type: "button", role: "tab", class: "tab", "aria-selected": String(session.tab === name), tabindex: session.tab === name ? "0" : "-1", data: { focus: name },
    on: { click: () => goTo(here.id, { tab: name }) },
  }, t(`home.${name}`), name === "messages" && here.unread > 0 && session.tab !== name && h("span", { class: "count" }, here.unread)));
  return h("div", { class: "tabs", role: "tablist", "aria-label": t("home.tabs", { name: app().name }), on: { keydown: (event) => {
    const key = { ArrowRight: "ArrowDown", ArrowLeft: "ArrowUp" }[event.key];
    if (key) arrowKeys({ key, preventDefault: () => event.preventDefault() }, buttons);
  } } }, buttons);
}

function members(here, data) {
  const ids = data?.members ?? [];
  if (!ids.length) return null;
  const label = t("channel.members", { count: ids.length });
  const button = h("button", {
    type: "button", class: "members", "aria-haspopup": "dialog", "aria-expanded": "false", "aria-label": label, title: label,
    on: { click: () => showPopup(button, about(here, ids), { align: "end", label: t("channel.details"), role: "dialog" }) },
  }, h("span", { class: "faces" }, ids.slice(0, 3).map((id) => avatar(face(id), "small"))), h("span", { class: "member-count" }, ids.length));
  return button;
}

const face = (id) => person(id) ?? (id === app()?.user_id ? app() : { id, name: personName(id) });

function about(here, ids) {
  const leave = async () => {
    closePopup();
    await post("leave", { channel: here.id });
    emit("acted");
  };
  return h("div", { class: "about" },
    h("h3", {}, t("channel.about", { name: here.name })),
    h("p", { class: "muted" }, here.topic ? flat(here.topic) : t("channel.noTopic")),
    h("ul", { class: "about-members" }, ids.map((id) => h("li", {}, avatar(face(id), "small"), h("span", {}, h("b", {}, face(id).real_name || face(id).name), h("span", { class: "muted" }, ` ${face(id).title ?? ""}`))))),
    here.is_member && h("button", { type: "button", class: "button", on: { click: leave } }, t("channel.leave")));
}

function pinButton(pins) {
  const button = h("button", {
    type: "button", class: "bookmark", "aria-haspopup": "dialog", "aria-expanded": "false",
    on: { click: () => showPopup(button, pinList(pins), { label: t("pins.title"), role: "dialog" }) },
  }, icon("pin"), t("pins.label", { count: pins.length }));
  return button;
}

function pinList(pins) {
  return h("div", { class: "pin-list" }, h("h3", {}, t("pins.title")), pins.map((message) => h("button", {
    type: "button", class: "pin-item", on: { click: () => { closePopup(); emit("reveal", message.ts); } },
  }, flat(message.text ?? "").slice(0, 160) || "…")));
}

function bookmark(one) {
  const place = archiveLink(one.link);
  return h("a", {
    class: "bookmark", href: isAddress(one.link) ? one.link : null, target: place ? null : "_blank", rel: "noopener noreferrer", "aria-label": t("bookmark.open", { title: one.title }),
  }, one.emoji ? h("span", {}, withEmoji(one.emoji)) : icon("link"), one.title);
}
