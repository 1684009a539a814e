// Calling what is deployed: functions, and endpoints over HTTP.
export { InvokePage } from './InvokePage';
export { HttpPage } from './HttpPage';
