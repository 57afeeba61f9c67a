/** Draws Block Kit blocks. `context` is what the elements in them need: see elements/elements.js. */

import { drawElement } from "../elements/elements.js";
import { h } from "../lib/dom.js";
import { plainText, textNodes } from "../lib/text.js";
import { t } from "../lib/words.js";
import { inputBlock } from "./input.js";
import { richText } from "./richtext.js";

const DRAW = {
  section,
  header: (block) => h("h3", { class: "block block-header" }, plainText(block.text)),
  context: contextBlock,
  divider: () => h("hr", { class: "block block-divider" }),
  actions: actionsBlock,
  image: imageBlock,
  input: inputBlock,
  rich_text: (block) => h("div", { class: "block" }, richText(block)),
  table: tableBlock,
};

export function drawBlock(block, context) {
  const node = (DRAW[block.type] ?? unknown)(block, context);
  node.dataset.block = block.block_id ?? "";
  return node;
}

export function drawBlocks(blocks, context) {
  return h("div", { class: "blocks" }, blocks.map((block) => drawBlock(block, context)));
}

/** A block type that Naru does not use is named, so that nobody wonders where it went. */
function unknown(block) {
  return h("div", { class: "block block-context" }, `[${block.type}]`);
}

function section(block, context) {
  const body = h("div", { class: "section-body" });
  if (block.text) body.append(h("div", { class: "section-text" }, textNodes(block.text)));
  if (block.fields) {
    body.append(h("div", { class: "fields" }, block.fields.map((field) => h("div", { class: "field" }, textNodes(field)))));
  }
  const accessory = block.accessory && h("div", { class: "accessory" }, accessoryNode(block, context));
  return h("div", { class: "block block-section" }, body, accessory);
}

function accessoryNode(block, context) {
  if (block.accessory.type !== "image") return drawElement(block.accessory, block, context);
  return picture(block.accessory, "thumb");
}

function contextBlock(block) {
  return h("div", { class: "block block-context" }, block.elements.map((element) => {
    if (element.type !== "image") return h("div", { class: "context-text" }, textNodes(element));
    return picture(element, "context-image");
  }));
}

function actionsBlock(block, context) {
  return h("div", { class: "block block-actions" }, block.elements.map((element) => drawElement(element, block, context)));
}

/** The address of a picture on this machine, else null: the security policy lets nothing in from outside. */
function localSource(image) {
  const address = image.slack_file?.url_private ?? image.image_url ?? "";
  return address && new URL(address, location.origin).origin === location.origin ? address : null;
}

function picture(image, look) {
  const source = localSource(image);
  if (source) return h("img", { class: look, src: source, alt: image.alt_text, title: image.alt_text });
  return h("span", { class: "image-missing" }, t("image.missing", { alt: image.alt_text }));
}

function imageBlock(block) {
  return h("figure", { class: "block block-image" }, block.title && h("figcaption", {}, plainText(block.title)), picture(block, "picture"));
}

function tableBlock(block) {
  const settings = block.column_settings ?? [];
  const cell = (tag) => (content, column) => {
    const align = settings[column]?.align ?? "left";
    const wrap = settings[column]?.is_wrapped ? "wrapped" : "";
    return h(tag, { class: `align-${align} ${wrap}`, scope: tag === "th" ? "col" : null }, cellContent(content));
  };
  const [head, ...rows] = block.rows;
  return h("div", { class: "block block-table", tabindex: "0" }, h("table", {},
    h("thead", {}, h("tr", {}, head.map(cell("th")))),
    h("tbody", {}, rows.map((row) => h("tr", {}, row.map(cell("td"))))),
  ));
}

function cellContent(content) {
  return content.type === "rich_text" ? richText(content) : plainText({ text: content.text });
}
