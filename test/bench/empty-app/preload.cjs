'use strict';
const { contextBridge, ipcRenderer } = require('electron');

contextBridge.exposeInMainWorld('bench', {
  nothing: () => ipcRenderer.invoke('nothing', {}),
  commit: () => ipcRenderer.invoke('commit', {}),
});
