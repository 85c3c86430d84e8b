/** Switches that are burnt into the packaged program, so that nothing outside of it can turn it into something else. */
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';

/** @type {Readonly<Record<FuseV1Options, boolean>>} */
export const fuses = {
  /** The program is no Node that runs scripts. */
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  /** macOS and Windows: a changed archive is not loaded. */
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  /** A folder laid beside the archive is not loaded in its place. */
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  /** The window has a scheme of its own; files are nothing special. */
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
};

/**
 * Sets the fuses of a program, before it is signed.
 * @param {string} program On a Mac the bundle (`.app`).
 */
export function setFuses(program) {
  return flipFuses(program, { version: FuseVersion.V1, resetAdHocDarwinSignature: process.platform === 'darwin', ...fuses });
}
