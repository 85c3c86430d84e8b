import 'element-plus/dist/index.css';
import 'element-plus/theme-chalk/dark/css-vars.css';
import './styles/tokens.css';
import './styles/base.css';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import { z } from 'zod';
import App from './App.vue';
import { followEarlyAddress } from './first-address.js';
import { router } from './router.js';

// The page's policy allows no code made from text: schemas are interpreted.
z.config({ jitless: true });

void followEarlyAddress(router);
createApp(App).use(createPinia()).use(router).mount('#app');
