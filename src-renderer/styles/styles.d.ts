/** Style sheets are imported for their effect alone; Vite makes files of them. */
declare module '*.css';
