/** Entry for Electron 9: first what it lacks, then the program as it is. */
import './shim.js';
import '../../../../src/main/hosts/electron/main.js';
