import { testChange } from './change';

testChange('pause');
