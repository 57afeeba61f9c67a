/** What the controls of one message, modal or Home hold, in the shape of Slack's state.values. */

const STATELESS = new Set(["button", "overflow", "image", "workflow_button"]);

/** Which key of the state a control writes, by element type. */
export const KEYS = {
  plain_text_input: "value",
  number_input: "value",
  email_text_input: "value",
  url_text_input: "value",
  static_select: "selected_option",
  external_select: "selected_option",
  radio_buttons: "selected_option",
  multi_static_select: "selected_options",
  checkboxes: "selected_options",
  users_select: "selected_user",
  multi_users_select: "selected_users",
  channels_select: "selected_channel",
  multi_channels_select: "selected_channels",
  conversations_select: "selected_conversation",
  multi_conversations_select: "selected_conversations",
  datepicker: "selected_date",
  timepicker: "selected_time",
  datetimepicker: "selected_date_time",
};

const INITIAL = {
  value: "initial_value",
  selected_option: "initial_option",
  selected_options: "initial_options",
  selected_user: "initial_user",
  selected_users: "initial_users",
  selected_channel: "initial_channel",
  selected_channels: "initial_channels",
  selected_conversation: "initial_conversation",
  selected_conversations: "initial_conversations",
  selected_date: "initial_date",
  selected_time: "initial_time",
  selected_date_time: "initial_date_time",
};

/** What a control shows before anybody touched it; null or [] when nothing is preset. */
export function initialValue(element) {
  const key = KEYS[element.type];
  const preset = element[INITIAL[key]];
  if (key === "selected_options" || key.endsWith("s")) return preset ?? [];
  return preset ?? null;
}

function elementsOf(block) {
  if (block.type === "input") return [block.element];
  if (block.type === "section") return block.accessory ? [block.accessory] : [];
  return block.type === "actions" ? block.elements : [];
}

const FORMS = new Map();

/**
 * The values typed into one container. They outlive a refresh of the container as long as block_id and
 * action_id stay the same, as in Slack, and a reload of the page.
 */
export class Form {
  constructor(name) {
    this.name = `form:${name}`;
    this.typed = JSON.parse(sessionStorage.getItem(this.name) ?? "{}");
  }

  static of(name) {
    if (!FORMS.has(name)) FORMS.set(name, new Form(name));
    return FORMS.get(name);
  }

  get(block, element) {
    const held = this.typed[block.block_id]?.[element.action_id];
    return held === undefined ? initialValue(element) : held;
  }

  set(block, element, value) {
    this.typed[block.block_id] = { ...this.typed[block.block_id], [element.action_id]: value };
    sessionStorage.setItem(this.name, JSON.stringify(this.typed));
  }

  drop() {
    FORMS.delete(this.name.slice("form:".length));
    sessionStorage.removeItem(this.name);
  }

  /** state.values: every control of `blocks`, touched or not. */
  values(blocks) {
    const values = {};
    for (const block of blocks) {
      for (const element of elementsOf(block)) {
        if (STATELESS.has(element.type)) continue;
        values[block.block_id] ??= {};
        values[block.block_id][element.action_id] = { type: element.type, [KEYS[element.type]]: this.get(block, element) };
      }
    }
    return values;
  }
}
