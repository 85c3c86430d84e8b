/** The parts of echarts-gl that the window uses; it comes without types. */
declare module 'echarts-gl/lib/*/install.js' {
  type Installer = (registers: unknown) => void;
  export const install: Installer;
}
