/** The app's Home tab. */

import { drawBlock } from "../blocks/blocks.js";
import { fill, h, reconcile } from "../lib/dom.js";
import { app, session } from "../lib/session.js";
import { refreshDates } from "../lib/text.js";
import { Form } from "../lib/values.js";
import { locale, t, zone } from "../lib/words.js";
import { avatar } from "../lib/avatar.js";

/** Draws the Home of the reader into `scroller`, block by block, so that nothing untouched moves. */
export function homeNode(scroller) {
  let home = scroller.querySelector(".home");
  if (!home) {
    home = h("div", { class: "home" });
    fill(scroller, home);
  }
  const view = session.home;
  if (!view) {
    fill(home, h("div", { class: "intro" }, avatar(app(), "large"), h("h2", {}, app().name), h("p", {}, app().description || t("home.empty", { name: app().name }))));
    return;
  }
  const context = {
    form: Form.of(`${session.as}:home:${view.id}`), blocks: view.blocks, container: { type: "home", view_id: view.id },
  };
  let blocks = home.querySelector(".blocks");
  if (!blocks) {
    blocks = h("div", { class: "blocks" });
    fill(home, blocks);
  }
  reconcile(blocks, view.blocks, {
    key: (block) => block.block_id,
    sign: (block) => JSON.stringify([block, locale(), zone(), view.id]),
    render: (block) => drawBlock(block, context),
  });
  refreshDates(home);
}
