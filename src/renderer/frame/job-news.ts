/** What is told of long work to somebody who looks elsewhere: the title of the tab, and a note when it has ended. */
import { ElNotification } from 'element-plus';
import { computed, onUnmounted, ref, watchEffect } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import type { JobOutcome, JobView } from '../../shared/contract/job.js';
import { door } from '../api/door.js';
import { useJobs } from '../stores/jobs.js';
import { endedWords, jobTitle, screenOfJob } from '../words/jobs.js';
import { SCREENS } from './screens.js';

const PROGRAM = 'Chromabench';
/** What ended sooner was waited for. */
const LONG_MS = 10_000;
const SHOWN_MS = 12_000;

export function useJobNews(): void {
  const [jobs, route, router] = [useJobs(), useRoute(), useRouter()];
  /** What ended while nobody looked. */
  const unseen = ref<string>();

  const working = computed(() => {
    const job = jobs.foremost;
    if (!job?.progress?.total || job.state === 'queued') return undefined;
    return `${Math.floor((100 * Math.min(job.progress.done, job.progress.total)) / job.progress.total)} % ${jobTitle(job)}`;
  });
  const screen = computed(() => SCREENS.find(({ path }) => route.path.startsWith(path))?.label);
  watchEffect(() => (document.title = [unseen.value ?? working.value ?? screen.value, PROGRAM].filter(Boolean).join(' · ')));

  const leave = door.subscribe((event) => {
    if (event.type !== 'ended') return;
    const job = jobs.byId.get(event.id);
    if (job && isLong(job)) tell(job, event.outcome);
  });

  function tell(job: JobView, outcome: JobOutcome): void {
    const words = endedWords(job.kind, outcome);
    const place = screenOfJob(job.kind);
    if (!words || outcome.state === 'cancelled') return;
    if (document.hidden) unseen.value = `${outcome.state === 'done' ? '✓' : '✗'} ${words}`;
    if (!document.hidden && route.path === place) return;
    const note = ElNotification({
      title: words, message: outcome.state === 'failed' ? outcome.error.message : 'Click to look at it.', type: outcome.state === 'done' ? 'success' : 'error',
      duration: document.hidden ? 0 : SHOWN_MS, position: 'bottom-right', offset: 40,
      onClick: () => {
        note.close();
        if (place) void router.push(place);
      },
    });
  }

  const seen = () => !document.hidden && (unseen.value = undefined);
  document.addEventListener('visibilitychange', seen);
  onUnmounted(() => {
    leave();
    document.removeEventListener('visibilitychange', seen);
  });
}

function isLong({ startedAt, queuedAt }: JobView): boolean {
  return Date.now() - (startedAt ?? queuedAt) > LONG_MS;
}
