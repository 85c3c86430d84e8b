/** Apple's keyboards and menus have habits of their own. */
export const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
