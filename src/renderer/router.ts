import { createRouter, createWebHashHistory } from 'vue-router';
import { REGULARIZATION_TABS } from './views/regularization/tabs.js';
import { ACTIVATIONS_BASE, ACTIVATIONS_TABS } from './views/activations/tabs.js';

/** A screen of the rail. To add one: its view here, its icon in frame/screens.ts. */
export const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    { path: '/', redirect: '/photographs' },
    { path: '/photographs', component: () => import('./views/photographs/PhotographsView.vue') },
    { path: '/train', component: () => import('./views/train/TrainView.vue') },
    { path: '/colorize', component: () => import('./views/colorize/ColorizeView.vue') },
    { path: '/evaluate', component: () => import('./views/evaluate/EvaluateView.vue') },
    { path: '/runs', component: () => import('./views/runs/RunsView.vue') },
    { path: '/labs/regularization', children: REGULARIZATION_TABS.map(({ path, component }) => ({ path, component })) },
    { path: ACTIVATIONS_BASE, children: ACTIVATIONS_TABS.map(({ path, component }) => ({ path, component })) },
    { path: '/graphs/:tab?', component: () => import('./views/graphs/GraphsView.vue') },
    { path: '/guide/:page?', component: () => import('./views/guide/GuideView.vue') },
    { path: '/:rest(.*)*', redirect: '/photographs' },
  ],
});
