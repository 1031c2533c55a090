// Every page: style sheets, htmx, and conveniences on top of pages that work without scripts.
import 'bootstrap/dist/css/bootstrap.css';
import './tokens.css';
import './office.css';
import './lists.css';
import './pages.css';
import './fields.css';
import './people.css';
import './exchange.css';
import './calendar.css';
import './task.css';
import './print.css';
import 'htmx.org';
import { startForms } from './forms.js';
import { startKeys } from './keys.js';
import { startMenus } from './menus.js';
import { startPeople } from './people.js';
import { startRegions } from './regions.js';
import { startTabs } from './tabs.js';

document.documentElement.classList.add('js');
startTabs();
startForms();
startMenus();
startPeople();
startKeys();
startRegions();
