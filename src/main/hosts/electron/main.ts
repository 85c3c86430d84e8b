/** Entry of the desktop program. */
import { app } from 'electron';
import { DesktopProgram } from './desktop-program.js';
import { announceScheme } from './window-scheme.js';

announceScheme();
// Enabled, it would take the switch away, and with it what the person is asked about it (sandbox-question.ts).
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
DesktopProgram.prepare();

if (app.requestSingleInstanceLock()) new DesktopProgram().begin();
else app.quit();
