import { app, dialog } from 'electron';

/** Where systems forbid it, its launcher starts an AppImage without the sandbox and says nothing; this says so. */
const QUESTION = {
  type: 'warning' as const,
  message: 'This system keeps Chromabench from its sandbox.',
  detail:
    'Ubuntu 24.04 and some others let no AppImage make one. Photographs from strangers are safer with it: install the .deb package instead, which brings the permission along, or allow it with `sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0`.',
  buttons: ['Quit', 'Open Without Sandbox'],
  defaultId: 0,
  cancelId: 0,
};

/** @returns Whether the program may open: as it is, or because the person wants it without the sandbox. */
export async function mayGoOn(): Promise<boolean> {
  if (!process.env.APPIMAGE || !app.commandLine.hasSwitch('no-sandbox')) return true;
  const { response } = await dialog.showMessageBox(QUESTION);
  return response === 1;
}
