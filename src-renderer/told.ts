/** Calls that only tell the main process something; what comes of them arrives as an event. */
export type Told = 'banner.dismiss' | 'banner.callBack' | 'sync.now';
