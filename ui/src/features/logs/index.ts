// What functions write.
export { LogsPage } from './LogsPage';
