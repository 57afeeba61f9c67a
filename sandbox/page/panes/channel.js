/** The middle of the page: header, bookmarks, tabs of the app, messages or Home, composer. */

import { goTo, loadEarlier } from "../app.js";
import { on } from "../lib/bus.js";
import { fill, h } from "../lib/dom.js";
import { app, channelTitle, currentChannel, isAppChannel, session } from "../lib/session.js";
import { mrkdwn } from "../lib/text.js";
import { isKorean, locale, t } from "../lib/words.js";
import { avatar } from "../lib/avatar.js";
import { Composer } from "./composer.js";
import { drawHeader } from "./header.js";
import { homeNode } from "./home.js";
import { drawList } from "./list.js";
import { post } from "../lib/http.js";

let scroller = null;
let composer = null;
let composerFor = null;
let lastRead = null;
let forced = true;

export function startChannelPane() {
  const main = document.getElementById("main");
  const header = h("header", { class: "channel-header" });
  scroller = h("div", { class: "scroller", tabindex: "-1" });
  const jump = h("button", { type: "button", class: "jump", hidden: true, on: { click: () => { scroller.scrollTop = scroller.scrollHeight; } } });
  const foot = h("div", { class: "channel-foot" });
  fill(main, header, scroller, jump, foot);
  scroller.addEventListener("scroll", () => { if (nearEnd()) jump.hidden = true; });

  const draw = () => {
    drawHeader(header);
    drawBody(jump);
    drawFoot(foot);
  };
  on("place", ({ moved }) => {
    if (moved) forced = true;
    draw();
  });
  on("state", draw);
  on("persona", () => { forced = true; lastRead = null; });
  on("channel", draw);
  on("home", draw);
  on("day", draw);
  on("sent", () => { forced = true; });
  on("reveal", reveal);
  on("compose", (text) => { composer?.set(text); });
}

const nearEnd = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 80;
const homeShown = () => isAppChannel(currentChannel()) && session.tab === "home";

function drawBody(jump) {
  const here = currentChannel();
  const name = here ? channelTitle(here) : "";
  scroller.classList.toggle("as-home", homeShown());
  if (homeShown()) {
    homeNode(scroller);
    return;
  }
  scroller.querySelector(".home")?.remove();
  const data = session.channel;
  if (!data || data.id !== here?.id) {
    fill(scroller);
    return;
  }
  if (forced) {
    fill(scroller);
    lastRead = data.last_read;
  }
  const messages = [...(session.earlier ?? []), ...data.messages];
  const before = scroller.querySelectorAll(".message").length;
  const atEnd = drawList(scroller, messages, { label: t("channel.messages", { name }), lastRead, start: start(here, data) });
  if (forced) scroller.scrollTop = scroller.scrollHeight;
  else if (!atEnd && scroller.querySelectorAll(".message").length > before) showJump(jump);
  forced = false;
}

function showJump(jump) {
  jump.textContent = `↓ ${t("message.newBelow")}`;
  jump.hidden = false;
}

/** What stands above the first message. */
function start(here, data) {
  const more = session.earlier ? session.earlierMore : data.has_more;
  const title = channelTitle(here);
  return { sign: JSON.stringify([here.id, title, locale(), more, here.topic]), node: () => (more ? moreNode() : introNode(here, title)) };
}

function moreNode() {
  return h("div", { class: "more" }, h("button", { type: "button", class: "button", on: { click: loadEarlier } }, t("message.more")));
}

function introNode(here, title) {
  if (here.is_im) {
    const one = isAppChannel(here) ? app() : session.state.people.find((each) => each.id === here.with);
    return h("div", { class: "intro" }, avatar(one, "large"), h("h2", {}, title), h("p", {}, t("app.empty", { name: title })));
  }
  return h("div", { class: "intro" }, h("h2", {}, `# ${title}`), h("p", {}, t("channel.beginning", { name: `#${title}` })), here.topic && h("div", { class: "muted" }, mrkdwn(here.topic)));
}

function drawFoot(foot) {
  const here = currentChannel();
  const kind = !here || homeShown() ? "none" : here.archived ? "archived" : here.is_im || here.is_member ? "write" : "join";
  const key = JSON.stringify([kind, here?.id, session.as, isKorean(), here && channelTitle(here)]);
  if (key === composerFor) return;
  composerFor = key;
  composer = null;
  if (kind === "none") fill(foot);
  else if (kind === "archived") fill(foot, h("div", { class: "foot-note" }, t("channel.archived", { name: here.name })));
  else if (kind === "join") fill(foot, joinBar(here));
  else {
    composer = new Composer(() => ({ channel: session.channelId }), t("composer.label", { name: here.is_im ? channelTitle(here) : `#${here.name}` }));
    fill(foot, composer.node);
  }
}

function joinBar(here) {
  const join = async () => {
    await post("join", { channel: here.id });
    await goTo(here.id);
  };
  return h("div", { class: "foot-note" }, h("b", {}, t("channel.preview", { name: here.name })),
    h("button", { type: "button", class: "button primary", on: { click: join } }, t("channel.join")));
}

/** Scrolls to a message and lets it light up. */
function reveal(ts) {
  const node = document.querySelector(`.message[data-ts="${CSS.escape(ts)}"]`);
  if (!node) return;
  node.scrollIntoView({ block: "center" });
  node.classList.add("lit");
  node.focus({ preventScroll: true });
  setTimeout(() => node.classList.remove("lit"), 2500);
}
