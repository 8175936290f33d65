import 'slack-blocks-to-jsx/dist/style.css';
import './base.css';
import './layout.css';
import './header.css';
import './leads.css';
import './slack.css';
import './message.css';
import './modal.css';
import './record.css';
import './log.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';

const place = document.getElementById('page');
if (place) createRoot(place).render(<App />);
