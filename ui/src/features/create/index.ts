export { NewServicePage } from './NewServicePage';
