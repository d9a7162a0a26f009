/** The databases the store runs on. Almost everything is said once for both; what is not asks for this. */
export type DatabaseKind = 'sqlite' | 'postgres';
