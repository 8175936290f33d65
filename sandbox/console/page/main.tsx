import 'slack-blocks-to-jsx/dist/style.css';
import './base.css';
import './layout.css';
import './header.css';
import './leads.css';
import './pane.css';
import './chat.css';
import './slack/slack.css';
import './slack/message.css';
import './slack/modal.css';
import './teams/teams.css';
import './teams/card.css';
import './record.css';
import './log.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';

const place = document.getElementById('page');
if (place) createRoot(place).render(<App />);
