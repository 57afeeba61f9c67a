/** What the page knows now: who reads, where, and the workspace as the server last told it. */

export const session = {
  as: null, // the reader's user id
  state: null, // the last /ui/state
  channelId: null,
  tab: "home", // of the app's own conversation: home or messages
  threadTs: null,
  channel: null, // the last /ui/channel of channelId
  thread: null, // the last /ui/thread of threadTs
  home: null, // the last view of /ui/home
  stack: [], // the last stack of /ui/view
  errors: {}, // field errors of the top view, by block id
};

export const me = () => session.state?.me ?? null;
export const app = () => session.state?.app ?? null;
export const features = () => session.state?.features ?? [];

export function person(id) {
  return session.state?.people.find((one) => one.id === id) ?? null;
}

export function personName(id) {
  const one = person(id);
  return one ? one.real_name || one.name : id;
}

export function group(id) {
  return session.state?.groups?.find((one) => one.id === id) ?? null;
}

export function channel(id) {
  return session.state?.channels.find((one) => one.id === id) ?? null;
}

export function currentChannel() {
  return channel(session.channelId);
}

export function isAppChannel(one) {
  return Boolean(one?.is_im && app() && one.with === app().user_id);
}

export function channelTitle(one) {
  if (!one) return "";
  if (isAppChannel(one)) return app().name;
  return one.is_im ? personName(one.with) : one.name;
}
