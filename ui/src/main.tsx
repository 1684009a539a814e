import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { chooseHost } from './bridge/choose';
import './design/base.css';

const place = document.getElementById('root');
if (place === null) throw new Error('the page has no place for the app');
const root = createRoot(place);
void chooseHost().then((host) => root.render(<StrictMode><App host={host} /></StrictMode>));
