export { SeveralPage } from './SeveralPage';
