import { testChange } from './change';

testChange('resume');
