/** Entry of the desktop program. */
import { app } from 'electron';
import { DesktopProgram } from './desktop-program.js';
import { announceScheme } from './window-scheme.js';

announceScheme();
app.enableSandbox();
DesktopProgram.prepare();

if (app.requestSingleInstanceLock()) new DesktopProgram().begin();
else app.quit();
