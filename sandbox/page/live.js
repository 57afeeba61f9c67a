/** Hears from the server what has changed, and connects again when the line breaks. */

import { loadAll, loadChannel, loadHome, loadState, loadThread, loadView, atHome, startAfresh } from "./app.js";
import { emit, on } from "./lib/bus.js";
import { setClock } from "./lib/clock.js";
import { session } from "./lib/session.js";
import { t } from "./lib/words.js";

let source = null;
let wait = null;

// Browsers open at most six connections to one address; a tab that nobody sees gives its line back.
const HIDDEN_MS = 20_000;
const RETRY_MS = 1_500;
// A line that is back at once is not worth a word.
const PATIENCE_MS = 1_500;

/** Starts to listen and shows when the line is down; several tabs may each be somebody else. */
export function startLive() {
  let resting = null;
  let saying = null;
  document.addEventListener("visibilitychange", () => {
    clearTimeout(resting);
    if (document.hidden) resting = setTimeout(() => { source?.close(); source = null; }, HIDDEN_MS);
    else if (!source) listen();
  });
  on("persona", listen);
  on("live", (up) => {
    const note = document.getElementById("offline");
    note.textContent = t("live.lost");
    if (up) {
      clearTimeout(saying);
      saying = null;
      note.hidden = true;
    } else {
      saying ??= setTimeout(() => { note.hidden = false; }, PATIENCE_MS);
    }
  });
  listen();
}

function listen() {
  source?.close();
  clearTimeout(wait);
  const mine = new EventSource(`/ui/events?as=${encodeURIComponent(session.as)}`);
  source = mine;
  mine.onopen = () => {
    emit("live", true);
    // Whatever happened before the line was up is read anew.
    loadAll();
  };
  mine.onmessage = (event) => heard(JSON.parse(event.data));
  mine.onerror = () => {
    emit("live", false);
    // The browser gives up for good on an HTTP error; then the page tries again itself.
    if (mine.readyState === EventSource.CLOSED) wait = setTimeout(listen, RETRY_MS);
  };
}

function heard(event) {
  switch (event.type) {
    case "message":
    case "changed":
    case "deleted":
    case "ephemeral":
      if (!event.channel || event.channel === session.channelId) {
        loadChannel();
        loadThread();
      }
      loadState();
      break;
    case "view":
      loadView();
      break;
    case "home":
      if (atHome()) loadHome();
      break;
    case "clock":
      if (event.now) setClock(event);
      emit("clock");
      loadState();
      break;
    case "channel":
      loadState();
      if (!event.channel || event.channel === session.channelId) loadChannel();
      break;
    case "reset":
      startAfresh();
      break;
    default:
      loadState();
  }
}
