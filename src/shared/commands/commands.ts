/**
 * Every command of the window, once: the native menu, the menu bar in the page and the accelerators are made from this.
 */
import type { Settings } from '../contract/settings.js';

/** What decides whether a command can be given now, and which ones are ticked. */
export interface CommandFacts {
  /** A folder of photographs is open. */
  folderOpen: boolean;
  /** What a training could be asked: nothing runs, it runs, it rests. */
  training: 'none' | 'running' | 'paused';
  /** The chosen run has curves and pictures to export. */
  runChosen: boolean;
  theme: Settings['theme'];
  /** The inspector is unfolded. */
  inspector: boolean;
  /** Photographs are open beside a run's weights. */
  colorizing: boolean;
}

export interface Command {
  label: string;
  /** As Electron writes it: `CmdOrCtrl+O`. */
  accelerator?: string;
  /** Why it cannot be given now, as a sentence; undefined where it can. */
  obstacle?(facts: CommandFacts): string | undefined;
  /** Of commands that stand for a state: whether that is how it stands. */
  ticked?(facts: CommandFacts): boolean;
}

const needsFolder = ({ folderOpen }: CommandFacts) => (folderOpen ? undefined : 'Open a folder of photographs first.');
const needsRun = ({ runChosen }: CommandFacts) => (runChosen ? undefined : 'Choose a run on the screen Runs first.');
const needsColorizing = ({ colorizing }: CommandFacts) => (colorizing ? undefined : 'Open photographs on the screen Colorize first.');
const needsEither = (facts: CommandFacts) => (facts.folderOpen || facts.runChosen ? undefined : 'Open a folder of photographs or choose a run first.');
const needsTraining = ({ training }: CommandFacts) => (training === 'none' ? 'No training is running.' : undefined);
const needsRunningTraining = (facts: CommandFacts) => needsTraining(facts) ?? (facts.training === 'paused' ? 'The training rests already.' : undefined);
const needsPausedTraining = (facts: CommandFacts) => needsTraining(facts) ?? (facts.training === 'running' ? 'The training is running.' : undefined);
const needsRoomForTraining = (facts: CommandFacts) => (facts.training === 'none' ? needsFolder(facts) : 'A training is running. Stop it first, or let it end.');

export const COMMANDS = {
  openFolder: { label: 'Open Folder…', accelerator: 'CmdOrCtrl+O' },
  clearRecentFolders: { label: 'Clear List' },
  openExamples: { label: 'Example Photographs' },
  openGraph: { label: 'Open Graph…', accelerator: 'CmdOrCtrl+Shift+O' },
  colorize: { label: 'Colorize Photographs…', accelerator: 'CmdOrCtrl+Shift+C' },
  exportPictures: { label: 'Colorized Photographs…', obstacle: needsColorizing },
  exportCharts: { label: 'Charts…', accelerator: 'CmdOrCtrl+Shift+E', obstacle: needsEither },
  exportReport: { label: 'Report…', obstacle: needsRun },
  startTraining: { label: 'Start Colorization Training', accelerator: 'CmdOrCtrl+Enter', obstacle: needsRoomForTraining },
  pauseTraining: { label: 'Pause', accelerator: 'CmdOrCtrl+Shift+P', obstacle: needsRunningTraining },
  resumeTraining: { label: 'Resume', accelerator: 'CmdOrCtrl+Shift+R', obstacle: needsPausedTraining },
  stopTraining: { label: 'Stop', obstacle: needsTraining },
  showPhotographs: { label: 'Photographs', accelerator: 'CmdOrCtrl+1' },
  showTraining: { label: 'Train', accelerator: 'CmdOrCtrl+2' },
  showColorize: { label: 'Colorize', accelerator: 'CmdOrCtrl+3' },
  showEvaluate: { label: 'Evaluate', accelerator: 'CmdOrCtrl+4' },
  showRuns: { label: 'Runs', accelerator: 'CmdOrCtrl+5' },
  showRegularization: { label: 'L1 and L2 Regularization', accelerator: 'CmdOrCtrl+6' },
  showActivations: { label: 'Activations', accelerator: 'CmdOrCtrl+7' },
  showGraphs: { label: 'Graphs', accelerator: 'CmdOrCtrl+8' },
  toggleInspector: { label: 'Inspector', accelerator: 'CmdOrCtrl+I', ticked: ({ inspector }) => inspector },
  themeSystem: { label: 'Theme of the System', ticked: ({ theme }) => theme === 'system' },
  themeLight: { label: 'Light Theme', ticked: ({ theme }) => theme === 'light' },
  themeDark: { label: 'Dark Theme', ticked: ({ theme }) => theme === 'dark' },
  showGuide: { label: 'Guide', accelerator: 'F1' },
  showShortcuts: { label: 'Keyboard Shortcuts', accelerator: 'CmdOrCtrl+/' },
  showDoctor: { label: 'Doctor' },
  showAbout: { label: 'About Chromabench' },
} as const satisfies Record<string, Command>;

export type CommandName = keyof typeof COMMANDS;

/** The entry of a command without its particular type. */
export function commandOf(name: CommandName): Command {
  return COMMANDS[name];
}

/** Why a command cannot be given now; undefined where it can. */
export function obstacleOf(name: CommandName, facts: CommandFacts): string | undefined {
  return commandOf(name).obstacle?.(facts);
}

export function isEnabled(name: CommandName, facts: CommandFacts): boolean {
  return obstacleOf(name, facts) === undefined;
}
