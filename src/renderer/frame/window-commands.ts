import { computed } from 'vue';
import { useRouter } from 'vue-router';
import { COMMANDS, type CommandFacts, type CommandName, isEnabled } from '../../shared/commands/commands.js';
import { isPressed } from '../../shared/commands/accelerator.js';
import { door } from '../api/door.js';
import { useChosenRun } from '../stores/chosen-run.js';
import { useChoosing } from '../stores/choosing.js';
import { useColorizing } from '../stores/colorizing.js';
import { useGraphs } from '../stores/graphs.js';
import { useJobs } from '../stores/jobs.js';
import { usePhotographs } from '../stores/photographs.js';
import { useSettings } from '../stores/settings.js';
import { useFrame } from '../stores/frame.js';
import { attempt } from './attempt.js';
import { ACTIVATIONS_BASE } from '../views/activations/tabs.js';
import type { WindowCommands } from './commands.js';
import { isMac } from './platform.js';

/** Binds the commands to stores and screens; called once, by the frame. */
export function makeWindowCommands() {
  const [router, jobs, photographs, settings, frame, choosing] = [useRouter(), useJobs(), usePhotographs(), useSettings(), useFrame(), useChoosing()];
  const colorizing = useColorizing();
  const graphs = useGraphs();

  const chosenRun = useChosenRun();

  const facts = computed<CommandFacts>(() => ({
    folderOpen: photographs.catalogue !== null,
    training: !jobs.training ? 'none' : jobs.training.state === 'paused' ? 'paused' : 'running',
    runChosen: chosenRun.readable !== undefined,
    theme: settings.theme,
    inspector: frame.inspector,
    colorizing: colorizing.set !== undefined && colorizing.weights !== undefined,
  }));

  async function openFolder(path: string): Promise<void> {
    await router.push('/photographs');
    await photographs.open(path);
  }

  async function chooseFolder(): Promise<void> {
    const chosen = await choosing.pick({ kind: 'folder', title: 'Open a folder of photographs', action: 'Open', start: photographs.folder });
    if (chosen) await openFolder(chosen[0]);
  }

  async function openExamples(): Promise<void> {
    await openFolder((await door.request('listPlaces', {})).examples.training);
  }

  async function colorize(): Promise<void> {
    await router.push('/colorize');
    const chosen = await choosing.pick({ kind: 'photographs', title: 'Open photographs to colorize', action: 'Open' });
    if (chosen) await colorizing.open(chosen);
  }

  async function openGraph(): Promise<void> {
    await router.push('/graphs');
    const chosen = await graphs.chooseGraph();
    if (chosen !== undefined) await graphs.open(chosen);
  }

  async function exportPictures(): Promise<void> {
    await router.push('/colorize');
    colorizing.exporting = true;
  }

  const actions: Partial<Record<CommandName, () => unknown>> = {
    openFolder: chooseFolder,
    openExamples,
    openGraph,
    colorize,
    exportPictures,
    exportCharts: () => (frame.dialog = 'charts'),
    exportReport: () => (frame.dialog = 'report'),
    startTraining: () => router.push('/train'),
    pauseTraining: () => jobs.training && jobs.control(jobs.training.id, 'pause'),
    resumeTraining: () => jobs.training && jobs.control(jobs.training.id, 'resume'),
    stopTraining: () => jobs.training && jobs.control(jobs.training.id, 'stop'),
    showPhotographs: () => router.push('/photographs'),
    showTraining: () => router.push('/train'),
    showColorize: () => router.push('/colorize'),
    showEvaluate: () => router.push('/evaluate'),
    showRuns: () => router.push('/runs'),
    showRegularization: () => router.push('/labs/regularization'),
    showActivations: () => router.push(ACTIVATIONS_BASE),
    showGraphs: () => router.push('/graphs'),
    themeSystem: () => settings.setTheme('system'),
    themeLight: () => settings.setTheme('light'),
    themeDark: () => settings.setTheme('dark'),
    toggleInspector: () => frame.toggleInspector(),
    clearRecentFolders: () => settings.clearRecentFolders(),
    showGuide: () => router.push('/guide'),
    showShortcuts: () => (frame.dialog = 'shortcuts'),
    showDoctor: () => (frame.dialog = 'doctor'),
    showAbout: () => (frame.dialog = 'about'),
  };

  const commands: WindowCommands = {
    facts: () => facts.value,
    run: (name) => void attempt(() => actions[name]?.()),
    isKnown: (name) => name in actions,
    openFolder: (path) => void attempt(() => openFolder(path)),
  };

  /** The accelerators of the menus, for hosts whose menu is in the page. */
  function onKeydown(event: KeyboardEvent): void {
    for (const name of Object.keys(actions) as CommandName[]) {
      const { accelerator } = COMMANDS[name] as { accelerator?: string };
      if (!accelerator || !isPressed(accelerator, event, isMac) || !isEnabled(name, facts.value)) continue;
      event.preventDefault();
      commands.run(name);
      return;
    }
  }

  return { commands, onKeydown };
}
